package costlake.cli;

import costlake.bench.Bench;
import costlake.core.Failure;
import costlake.sample.SampleSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake bench} and prints one row for each bill that was measured. */
@Command(
    name = "bench",
    subcommands = {BenchHoursCommand.class, BenchStatementsCommand.class},
    description = {
      "Measure a night and DuckDB on the same generated bills.",
      "Both read the same files on the same cores."
    },
    footer = {"", "Example: costlake bench --rows 1000000 --json bench.json"})
final class BenchCommand implements Runnable {
  @Mixin CommonOptions common;

  @Option(
      names = "--rows",
      paramLabel = "N",
      split = ",",
      description = "Rows of each bill (default: 1000000,8000000).")
  List<Long> rows = List.of(1_000_000L, 8_000_000L);

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      description = "Bills as parquet or csv (default: both).")
  List<SampleSettings.Format> formats =
      List.of(SampleSettings.Format.PARQUET, SampleSettings.Format.CSV);

  @Option(names = "--json", paramLabel = "FILE", description = "Write the measurements as JSON.")
  @Nullable Path json;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Working folder (default: a temporary one).")
  @Nullable Path work;

  @Override
  public void run() {
    List<List<String>> table = new ArrayList<>();
    Bench.Order order = new Bench.Order(rows, formats, common.sets);
    List<Bench.Measurement> measurements =
        Bench.run(order, folder(), json, common.console().progress());
    for (Bench.Measurement m : measurements) {
      table.add(
          List.of(
              m.format(),
              Long.toString(m.rows()),
              "%.1f".formatted(m.focusS()),
              Long.toString(m.rowsPerS()),
              "%.1f".formatted(m.allocationS()),
              "%.1f".formatted(m.nightS()),
              Long.toString(m.nightPeakMib()),
              "%.1f".formatted(m.statementS()),
              "%.1f".formatted(m.duckMappingS()),
              "%.2f".formatted(m.ratio()),
              "%.2f".formatted(m.groupByRatio())));
    }
    new ResultPrinter(common.out())
        .table(
            List.of(
                "bill",
                "rows",
                "to FOCUS s",
                "rows/s",
                "allocation s",
                "night s",
                "peak MiB",
                "statement s",
                "DuckDB s",
                "ratio",
                "group-by ratio"),
            table,
            new boolean[] {false, true, true, true, true, true, true, true, true, true, true});
    measurements.forEach(this::printMethods);
    refuseBeforeAllocation(measurements);
  }

  private void printMethods(Bench.Measurement m) {
    common
        .out()
        .printf(
            "%s, %d rows: methods of generated code that the second compiler refused: %s; it compiled %d%n",
            m.format(),
            m.rows(),
            m.refusedMethods().isEmpty() ? "none" : m.refusedMethods().size(),
            m.compiledMethods());
    m.refusedMethods().forEach(method -> common.out().println("  " + described(method)));
  }

  private static String described(Bench.RefusedMethod method) {
    return "%s (%s) %s%s"
        .formatted(
            method.method(),
            method.reason(),
            method.during().isEmpty()
                ? "between steps"
                : "during " + String.join(", ", method.during()),
            method.beforeAllocation() ? "" : ", after the charges were allocated");
  }

  private static void refuseBeforeAllocation(List<Bench.Measurement> measurements) {
    long refused =
        measurements.stream()
            .flatMap(m -> m.refusedMethods().stream())
            .filter(Bench.RefusedMethod::beforeAllocation)
            .count();
    if (refused > 0) {
      throw Failure.internal(
          """
          The second compiler refused methods on the way from the bill to its allocated charges: %s.
          Their rows run in the slower code of the first compiler. They are listed above
          """,
          refused);
    }
  }

  private Path folder() {
    try {
      return work == null
          ? Files.createTempDirectory("costlake-bench")
          : Files.createDirectories(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
