package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import costlake.core.Failure;
import costlake.testing.JavaProcess;
import costlake.testing.SparkHarness;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The message and the exit code of a command that fails. */
class FailureReporterTest {
  @TempDir Path folder;

  @Test
  void aDamagedParquetPageIsWrongDataEvenIfItCanBeDecoded() throws IOException {
    SparkSession spark = SparkHarness.spark();
    Path table = folder.resolve("table");
    spark
        .range(100_000)
        .selectExpr("uuid() as id")
        .coalesce(1)
        .write()
        .option("compression", "none")
        .parquet(table.toString());
    Path file = parquet(table);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Exception failure = null;
    try {
      spark.read().parquet(table.toString()).selectExpr("max(id)").collectAsList();
    } catch (Exception e) {
      failure = e;
    }
    StringWriter said = new StringWriter();
    int code =
        FailureReporter.report(
            Failure.internal(failure, "Cannot build focus.cost_and_usage"),
            new PrintWriter(said, true));
    assertThat(said.toString())
        .contains("Cannot read ", file.getFileName().toString(), "damaged: deliver it again");
    assertThat(code).isEqualTo(3);
  }

  @Test
  void anErrorThatAModelRaisesAboutAListIsTheOperators() {
    SparkSession spark = SparkHarness.spark();
    StringWriter said = new StringWriter();
    Exception failure = null;
    try {
      spark
          .range(2)
          .selectExpr("if(id = 1, raise_error('reference/nodes.csv has the model X'), '') as x")
          .collectAsList();
    } catch (Exception e) {
      failure = e;
    }
    int code =
        FailureReporter.report(
            Failure.internal(failure, "Cannot build allocation.job_nodes"),
            new PrintWriter(said, true));
    assertThat(said.toString())
        .isEqualTo("costlake: Cannot continue: reference/nodes.csv has the model X.\n");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void whoStopsACommandIsNotToldOfABug() throws Exception {
    Path log = folder.resolve("log");
    assertThat(JavaProcess.of(Stopped.class, "128m").exitCode(log)).isZero();
    assertThat(Files.readString(log)).isEmpty();
  }

  /** Ends, and reports a failure of Spark while it ends. */
  static final class Stopped {
    private Stopped() {}

    public static void main(String[] args) {
      Thread failing =
          new Thread(
              () ->
                  FailureReporter.report(
                      new IllegalStateException("SparkContext was shut down"),
                      new PrintWriter(System.out, true, StandardCharsets.UTF_8)));
      Runtime.getRuntime().addShutdownHook(failing);
      System.exit(0);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void explainsFaultsOfTheMachine(Throwable trouble, String words, int code) {
    StringWriter said = new StringWriter();
    assertThat(FailureReporter.report(trouble, new PrintWriter(said, true))).isEqualTo(code);
    assertThat(said.toString())
        .startsWith("costlake: " + words)
        .doesNotContain("bug in Costlake")
        .doesNotContainPattern("Exception|Error|java\\.|org\\.|\\tat ");
  }

  static Stream<Arguments> faults() {
    String worker =
        "Job aborted due to stage failure: Task 0 in stage 3.0 failed 1 times, most recent failure:"
            + " Lost task 0.0 in stage 3.0 (TID 9) (worker executor driver): %s\n\tat"
            + " java.base/sun.nio.ch.Net.write(Net.java:1)\nDriver stacktrace:";
    return Stream.of(
        Arguments.of(
            new UncheckedIOException(
                new FileSystemException("/lake/stage/x", null, "No space left on device")),
            "The disk is full, no space for /lake/stage/x. Free space and run again",
            4),
        Arguments.of(
            Failure.internal(
                new IOException("No space left on device"),
                "Cannot build focus.cost_and_usage: java.io.IOException: No space left on device"),
            "The disk is full. Free space and run again",
            4),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/lake/journal")),
            "Cannot read or write /lake/journal: permission is denied. Give user ",
            2),
        Arguments.of(
            new IllegalStateException(
                new FileNotFoundException("/lake/bronze/bill.csv (Permission denied)")),
            "Cannot read or write /lake/bronze/bill.csv: permission is denied.",
            2),
        Arguments.of(
            new IllegalStateException(
                new SQLException("ERROR: permission denied for table iceberg_tables", "42501")),
            "The database refused: permission denied for table iceberg_tables. Grant this"
                + " permission to the user of lake.catalog",
            2),
        Arguments.of(
            Failure.internal(
                new SocketException("Socket is closed"),
                "Cannot build focus.lines: java.net.SocketException: Socket is closed"),
            "A connection broke: a Spark process ended, or the network failed. Run again",
            4),
        Arguments.of(
            new IllegalStateException(
                worker.formatted("java.net.SocketException: Connection reset")),
            "A connection broke",
            4),
        Arguments.of(
            new UncheckedIOException(new ClosedChannelException()), "A connection broke", 4));
  }

  @Test
  void namesTheServerThatCannotBeReached() {
    assertThat(
            said(
                () ->
                    DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:1/lake", "costlake", "hunter2")))
        .startsWith("costlake: Cannot reach 127.0.0.1:1. Check that the address")
        .doesNotContain("hunter2", "worker");
    assertThat(
            said(
                () ->
                    DriverManager.getConnection("jdbc:postgresql://nowhere.invalid/lake", "a", "")))
        .startsWith("costlake: Cannot reach nowhere.invalid");
    assertThat(
            said(
                () -> {
                  try (RESTCatalog catalog = new RESTCatalog()) {
                    catalog.initialize("lake", Map.of("uri", "http://127.0.0.1:1"));
                  }
                }))
        .startsWith("costlake: Cannot reach 127.0.0.1:1. Check that the address");
  }

  private static String said(ThrowableAssert.ThrowingCallable failing) {
    StringWriter said = new StringWriter();
    Throwable trouble = ThrowableAssert.catchThrowable(failing);
    assertThat(FailureReporter.report(trouble, new PrintWriter(said, true))).isEqualTo(4);
    return said.toString();
  }

  @Test
  void recognisesAFullDiskInTheFileSystemOfSpark() throws IOException {
    assumeThat(Path.of("/dev/full")).exists();
    Throwable trouble = null;
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration());
    try (OutputStream out = files.append(new org.apache.hadoop.fs.Path("/dev/full"))) {
      out.write(new byte[100_000]);
    } catch (FSError e) {
      trouble = e;
    }
    StringWriter said = new StringWriter();
    assertThat(FailureReporter.report(trouble, new PrintWriter(said, true))).isEqualTo(4);
    assertThat(said.toString()).startsWith("costlake: The disk is full. Free space and run again");
  }

  @Test
  void theMessageOfAnUnknownFailureNamesNoClass() {
    StringWriter said = new StringWriter();
    int code =
        FailureReporter.report(
            new IllegalStateException("org.apache.spark.SparkException: lost its way\n\tat a.B.c"),
            new PrintWriter(said, true));
    assertThat(said.toString()).startsWith("costlake: Failed unexpectedly: lost its way\n");
    assertThat(code).isEqualTo(4);
    assertThat(MachineFaults.plain("Cannot query allocation.x.BilledCost of https://a.example/B.C"))
        .isEqualTo("Cannot query allocation.x.BilledCost of https://a.example/B.C");
  }

  private static Path parquet(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
