package costlake.cli;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.report.StatementDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake bench statements} and prints one row with the times. */
@Command(
    name = "statements",
    description = {
      "Time the printing of many statements.",
      "It prints the statements of one month again and again: web page, PDF and workbook of each."
    },
    footer = {"", "Example: costlake bench statements --conf demo/conf --period 2026-09"})
final class BenchStatementsCommand implements Runnable {
  @Mixin CommonOptions common;
  @Mixin MonthOption period;

  @Option(
      names = "--statements",
      paramLabel = "N",
      description = "Statements to print (default: 500).")
  int statements = 500;

  @Override
  public void run() {
    if (statements < 1) {
      throw Failure.operator("Cannot print %s statements: give 1 or more", statements);
    }
    Config config = common.config();
    try (LakeSession session = LakeSession.ofLake(config)) {
      long start = System.nanoTime();
      List<StatementDocument> month =
          ReportCommand.documents(session.lake(), config, period.month(), Optional.empty());
      double readS = seconds(start);
      Path folder = Files.createTempDirectory("costlake-statements");
      start = System.nanoTime();
      long bytes =
          IntStream.range(0, statements)
              .parallel()
              .mapToLong(
                  i -> print(month.get(i % month.size()), folder.resolve(Integer.toString(i))))
              .sum();
      result(month.size(), readS, seconds(start), bytes);
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot print to a temporary folder: check its free space and permissions");
    }
  }

  /** Writes the files of a document, deletes them again and returns their size in bytes. */
  private static long print(StatementDocument document, Path folder) {
    try {
      long bytes = 0;
      for (Path file : document.write(folder)) {
        bytes += Files.size(file);
        Files.delete(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void result(int different, double readS, double printS, long bytes) {
    new ResultPrinter(common.out())
        .table(
            List.of("statements", "different", "cores", "read s", "print s", "MiB"),
            List.of(
                List.of(
                    Integer.toString(statements),
                    Integer.toString(different),
                    Integer.toString(Runtime.getRuntime().availableProcessors()),
                    "%.1f".formatted(readS),
                    "%.1f".formatted(printS),
                    Long.toString(bytes >> 20))),
            new boolean[] {true, true, true, true, true, true});
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
