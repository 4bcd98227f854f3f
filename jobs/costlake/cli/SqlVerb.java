package costlake.cli;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sql",
    description =
        "Ask the lake. It shows one whole night: every table as the last publication left it.",
    footer = {
      "",
      "Example: costlake sql --conf demo/conf --format csv \"select x_TeamId, sum(BilledCost) from allocation.allocated_charges group by all\"",
      "Tables:  costlake sql --conf demo/conf \"show tables in reporting\""
    })
final class SqlVerb implements Runnable {
  private static final List<String> READS =
      List.of("select", "with", "show", "describe", "desc", "explain", "values", "from", "table");

  private static final Set<String> ABOUT = Set.of("show", "describe", "desc", "explain");

  private static final Pattern BEFORE_THE_FIRST_WORD =
      Pattern.compile("^(?:\\s|\\(|--[^\n]*(?:\n|$)|/\\*.*?\\*/)+", Pattern.DOTALL);

  @Mixin Common common;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, csv or json (default: table). In csv, text that a spreadsheet would run as a formula gets an apostrophe in front.")
  ResultPrinter.Format format = ResultPrinter.Format.TABLE;

  @ArgGroup(multiplicity = "1")
  Asked asked;

  private static final class Asked {
    @Parameters(paramLabel = "QUERY", description = "One query in Spark's SQL.")
    String query;

    @Option(names = "--file", paramLabel = "FILE", description = "The file with the query.")
    Path file;

    String text() {
      try {
        return file == null ? query : Files.readString(file);
      } catch (IOException e) {
        throw Failure.operator("Cannot read the query in " + file + ": " + e.getMessage(), e);
      }
    }
  }

  private String query;

  @Override
  public void run() {
    query = asked.text();
    refuseWrites();
    try (Engine engine = open()) {
      Dataset<Row> rows = ask(engine);
      new ResultPrinter(common.out())
          .print(format, Arrays.asList(rows.columns()), rows.toLocalIterator());
    }
  }

  /** The engine with the tables the query names, or with all when it asks which there are. */
  private Engine open() {
    Set<String> words =
        Pattern.compile("\\w+")
            .matcher(query.toLowerCase(Locale.ROOT))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    boolean about = ABOUT.contains(firstWord());
    Engine engine =
        Engine.open(common.config())
            .withTables(table -> about || words.contains(table.substring(table.indexOf('.') + 1)));
    return about || words.stream().anyMatch(word -> word.startsWith("bronze__"))
        ? engine.withDeliveredRows()
        : engine;
  }

  private Dataset<Row> ask(Engine engine) {
    try {
      return engine.spark().sql(query);
    } catch (Exception e) {
      if (e instanceof org.apache.spark.sql.AnalysisException analysis) {
        throw Failure.operator(
            "Cannot answer: "
                + analysis.getSimpleMessage().strip()
                + "\nTables: costlake sql \"show tables in reporting\" (or focus, telemetry, allocation, economics, ops)");
      }
      throw e;
    }
  }

  private void refuseWrites() {
    String first = firstWord();
    if (!READS.contains(first)) {
      throw Failure.operator(
          "Cannot run '"
              + first
              + "': sql only reads. Begin with select, with, show, describe or explain");
    }
  }

  private String firstWord() {
    return BEFORE_THE_FIRST_WORD
        .matcher(query)
        .replaceFirst("")
        .split("\\W+", 2)[0]
        .toLowerCase(Locale.ROOT);
  }
}
