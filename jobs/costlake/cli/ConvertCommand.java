package costlake.cli;

import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.UserMapping;
import costlake.convert.Convert;
import costlake.convert.ConvertReport;
import costlake.convert.ConvertRequest;
import costlake.convert.FocusVersion;
import costlake.convert.Rejects;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.land.Landing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs {@code costlake convert} and prints the totals of input and output, and the rejected rows.
 */
@Command(
    name = "convert",
    description = {
      "Convert bills to FOCUS 1.4.",
      "Reads AWS Cost and Usage Reports, Azure cost exports and FOCUS 1.0 to 1.4 exports, and any"
          + " other table with a mapping."
    },
    footer = {"", "Example: costlake convert my-cur.csv.gz --to out/ --format csv"})
final class ConvertCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Bills to convert: files or folders.")
  List<Path> paths;

  @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write.")
  Path to;

  @Option(
      names = "--from",
      paramLabel = "KIND",
      description =
          "aws-cur, azure, focus or another kind of bill (default: recognised by the header).")
  @Nullable String from;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "A mapping that describes the columns of the files; see docs/mappings.md.")
  @Nullable Path mapping;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "parquet or csv (default: parquet).")
  ConvertRequest.Format format = ConvertRequest.Format.PARQUET;

  @Option(
      names = "--focus-version",
      paramLabel = "VERSION",
      description = "1.2, 1.3 or 1.4: the version of FOCUS to write (default: 1.4).")
  String version = "1.4";

  @Override
  public void run() {
    Config config = config();
    Optional<SourceKind> kind =
        mapping == null
            ? Optional.ofNullable(from).map(ConvertCommand::kind)
            : Optional.of(UserMapping.kind());
    try (LakeSession session = LakeSession.withoutLake(config)) {
      ConvertReport report =
          Convert.run(
              session.spark(),
              config,
              new ConvertRequest(paths, kind, to, format, FocusVersion.of(version)),
              common.console().progress());
      print(report);
      report.requireTied();
      report.requireWhole();
    }
  }

  private Config config() {
    Config config = common.configOrDefaults();
    if (mapping != null && from != null) {
      throw Failure.operator("Cannot use --from with --mapping: a mapping describes the files.");
    }
    return mapping == null ? config : Landing.mapped(config, UserMapping.read(mapping));
  }

  private static SourceKind kind(String id) {
    List<String> bills =
        SourceKinds.of(SourceKind.Family.BILL)
            .filter(kind -> !kind.isMapped())
            .map(SourceKind::id)
            .toList();
    if (!bills.contains(id)) {
      throw Failure.operator(
          "Invalid --from '%s': write %s.%s",
          id, String.join(" or ", bills), Nearest.hint(id, bills));
    }
    return SourceKinds.of(id);
  }

  private void printRejects(Rejects rejected) {
    rejected
        .first()
        .forEach(
            r ->
                common
                    .out()
                    .println("Rejected: " + r.file() + " row " + r.row() + ": " + r.reason()));
    if (rejected.moneyUnknown() > 0) {
      common
          .out()
          .println(
              "Rejected rows whose cost cannot be read (not in the table above): "
                  + rejected.moneyUnknown());
    }
    rejected.file().ifPresent(file -> common.out().println("All rejected rows: " + file));
  }

  private static String plain(BigDecimal money) {
    return money.stripTrailingZeros().toPlainString();
  }

  private void print(ConvertReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "rows",
            Long.toString(report.rowsIn()),
            Long.toString(report.rowsOut()),
            Long.toString(report.rejected().rows())));
    for (ConvertReport.CurrencyTotal total : report.money()) {
      rows.add(
          List.of(
              "billed " + total.currency(),
              plain(total.in()),
              plain(total.out()),
              plain(total.rejected())));
    }
    new ResultPrinter(common.out())
        .table(List.of("", "in", "out", "rejected"), rows, new boolean[] {false, true, true, true});
    printRejects(report.rejected());
    report.notices().forEach(notice -> common.out().println("Note: " + notice + "."));
    common
        .out()
        .println(
            "Altered: "
                + (report.changes().isEmpty()
                    ? "nothing"
                    : report.changes().entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue() + ")")
                        .collect(Collectors.joining(", "))));
    common.out().println("Written: " + report.output());
  }
}
