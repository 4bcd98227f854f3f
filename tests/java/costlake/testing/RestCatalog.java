package costlake.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Iceberg REST catalog in its own process, with tables on the local disk. {@code
 * tests/rest-catalog/pom.xml} states its version and downloads it.
 */
public final class RestCatalog implements AutoCloseable {
  private static final Path LIBRARIES = Path.of("target", "rest-catalog");

  private static final int PATIENCE_MS = 5_000;

  private final String address;
  private final Process process;

  /** Starts the catalog with its tables below a folder. Its output goes to a log. */
  public RestCatalog(Path warehouse, Path log) throws IOException {
    int port = Servers.freePort();
    address = "http://127.0.0.1:" + port + "/";
    ProcessBuilder server =
        new ProcessBuilder(
                JavaProcess.java(),
                "-Xmx256m",
                "-cp",
                LIBRARIES + "/*",
                "org.apache.iceberg.rest.RESTCatalogServer")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    server.environment().put("CATALOG_REST_PORT", Integer.toString(port));
    server.environment().put("CATALOG_WAREHOUSE", warehouse.toUri().toString());
    server.environment().put("CATALOG_URI", "jdbc:sqlite:" + log.resolveSibling("rest-catalog.db"));
    process = server.start();
    Servers.await(List.of(process), log, this::answers);
  }

  /** Returns whether the catalog was downloaded. */
  public static boolean isThere() {
    return Files.isDirectory(LIBRARIES);
  }

  /** Returns the address of the catalog, for {@code lake.catalog.uri}. */
  public String address() {
    return address;
  }

  private boolean answers() throws IOException {
    var connection = (HttpURLConnection) URI.create(address + "v1/config").toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MS);
    connection.setReadTimeout(PATIENCE_MS);
    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
