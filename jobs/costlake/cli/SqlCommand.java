package costlake.cli;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.land.Bronze;
import costlake.serve.ReadStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake sql}: runs one query and prints its rows. */
@Command(
    name = "sql",
    description = {
      "Query the lake with SQL.",
      "A query sees every table as the last publication left it."
    },
    footer = {
      "",
      "Example: costlake sql --conf demo/conf --format csv \"select x_TeamId, sum(BilledCost) from"
          + " allocation.allocated_charges group by all\"",
      "Tables:  costlake sql --conf demo/conf \"show tables in reporting\""
    })
final class SqlCommand implements Runnable {
  private static final String NO_TABLE = "TABLE_OR_VIEW_NOT_FOUND";

  @Mixin CommonOptions common;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "table, csv or json (default: table). In csv, text that a spreadsheet would run as a"
              + " formula gets an apostrophe in front.")
  ResultPrinter.Format format = ResultPrinter.Format.TABLE;

  @ArgGroup(multiplicity = "1")
  Asked asked;

  /** The query: text on the command line, or a file. */
  private static final class Asked {
    @Parameters(paramLabel = "QUERY", description = "One query in Spark's SQL.")
    @Nullable String query;

    @Option(names = "--file", paramLabel = "FILE", description = "The file with the query.")
    @Nullable Path file;

    String text() {
      try {
        return file == null ? Objects.requireNonNull(query) : Files.readString(file);
      } catch (IOException e) {
        throw Failure.operator(e, "Cannot read the query in %s: %s", file, FileErrors.why(e));
      }
    }
  }

  @Override
  public void run() {
    String query = asked.text();
    try (LakeSession session = LakeSession.ofLake(common.config())) {
      ReadStatement statement = ReadStatement.of(session.spark(), query);
      show(session, words(query), statement.isAboutTables());
      Dataset<Row> rows = ask(session, statement);
      new ResultPrinter(common.data())
          .print(format, Arrays.asList(rows.columns()), rows.toLocalIterator());
    }
  }

  private static Set<String> words(String query) {
    return Pattern.compile("\\w+")
        .matcher(query.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  /** Registers the tables that the query names, or all tables if the query lists tables. */
  private static void show(LakeSession session, Set<String> words, boolean all) {
    session.withTables(table -> all || words.contains(table.substring(table.indexOf('.') + 1)));
    if (all || words.stream().anyMatch(word -> word.startsWith("bronze__"))) {
      session.withDeliveredRows();
    }
    if (words.contains(Bronze.NATIVE_COLUMNS)) {
      session.withNativeColumns();
    }
  }

  private static Dataset<Row> ask(LakeSession session, ReadStatement statement) {
    try {
      return statement.rows();
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis) {
        throw Failure.operator("%s", message(session, analysis));
      }
      throw e;
    }
  }

  private static String message(LakeSession session, AnalysisException e) {
    return NO_TABLE.equals(e.getCondition())
        ? UnknownTable.message(
            e.getMessageParameters().getOrDefault("relationName", ""), session.tables())
        : "Cannot answer: " + e.getSimpleMessage().strip();
  }
}
