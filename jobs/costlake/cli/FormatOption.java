package costlake.cli;

import picocli.CommandLine.Option;

/** The option {@code --format} of commands that print one table of results. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table).")
  ResultPrinter.Format chosen = ResultPrinter.Format.TABLE;
}
