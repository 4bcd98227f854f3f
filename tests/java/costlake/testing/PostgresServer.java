package costlake.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server in its own process. It requires a password. PostgreSQL refuses to run as
 * root, so a test that runs as root starts it as the user nobody.
 */
public final class PostgresServer implements AutoCloseable {
  /** The user of the server. */
  public static final String USER = "costlake";

  /** The password of the user. */
  public static final String PASSWORD = "only-here";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

  private final Path binaries;
  private final Path folder;
  private final String address;
  private final Process process;

  /** Starts the server with an empty database. */
  public PostgresServer() throws IOException {
    binaries = binaries().orElseThrow();
    folder = Files.createTempDirectory("postgres");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    await(
        start(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-sync"));
    int port = Servers.freePort();
    address = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    process =
        start(
            "postgres",
            "-D",
            data(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=");
    Servers.await(List.of(process), log(), this::answers);
  }

  /**
   * Returns the folder in which Debian installs the server's programs; empty if PostgreSQL is not
   * installed.
   */
  public static Optional<Path> binaries() {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the JDBC URL of the server. */
  public String address() {
    return address;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(AS_NOBODY);
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private void await(Process finishing) throws IOException {
    try {
      if (finishing.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(log()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() throws SQLException {
    DriverManager.getConnection(address, USER, PASSWORD).close();
    return true;
  }

  @Override
  public void close() throws IOException {
    await(start("pg_ctl", "stop", "--pgdata=" + data(), "--mode=fast"));
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
