package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The worked examples of a page. Tables below a comment {@code <!-- given RELATION -->} or {@code
 * <!-- expect RELATION -->} are rows; an empty cell is null. An example begins with a comment
 * {@code <!-- example -->}, or with a given table of {@code economics.use_costs}.
 */
final class PageExamples {
  /** Rows of a relation. */
  record Table(String relation, List<Map<String, @Nullable Object>> rows) {}

  /** One example: the given rows, and the rows that the page shows as results. */
  record Example(List<Table> given, List<Table> expected) {}

  private static final Pattern MARK =
      Pattern.compile("<!-- (example|given|expect)(?: ([a-z_.]+))? -->");
  private static final String BEGINS = "economics.use_costs";

  private PageExamples() {}

  static List<Example> of(Path page) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    for (int i = 0; i < lines.size(); i++) {
      Matcher mark = MARK.matcher(lines.get(i));
      if (mark.matches()) {
        if (begins(mark, examples)) {
          examples.add(new Example(new ArrayList<>(), new ArrayList<>()));
        }
        Example last = examples.get(examples.size() - 1);
        if (mark.group(2) != null) {
          Table table = new Table(mark.group(2), rows(lines.subList(i + 1, lines.size())));
          (mark.group(1).equals("given") ? last.given() : last.expected()).add(table);
        }
      }
    }
    return examples;
  }

  private static boolean begins(Matcher mark, List<Example> before) {
    boolean fresh = !before.isEmpty() && before.get(before.size() - 1).given().isEmpty();
    return mark.group(1).equals("example")
        || (!fresh && mark.group(1).equals("given") && BEGINS.equals(mark.group(2)));
  }

  /** Fails unless the models make the expected rows of the given rows. */
  static void assertHolds(Example example, ModelChain models) {
    example.given().forEach(table -> models.give(table.relation(), table.rows()));
    assertThat(example.expected()).isNotEmpty();
    for (Table table : example.expected()) {
      List<String> names = List.copyOf(table.rows().get(0).keySet());
      assertThat(texts(models.rows(table.relation()), names))
          .as(table.relation())
          .containsExactlyInAnyOrderElementsOf(
              table.rows().stream()
                  .map(row -> row.values().stream().map(String::valueOf).toList().toString())
                  .toList());
    }
  }

  private static List<String> texts(Dataset<Row> rows, List<String> names) {
    return rows.collectAsList().stream()
        .map(row -> names.stream().map(name -> text(row.getAs(name))).toList().toString())
        .toList();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }

  private static List<Map<String, @Nullable Object>> rows(List<String> lines) {
    List<String> table = lines.stream().takeWhile(line -> line.startsWith("|")).toList();
    List<String> names = cells(table.get(0));
    return table.stream().skip(2).map(line -> row(names, cells(line))).toList();
  }

  private static List<String> cells(String line) {
    return List.of(line.substring(1, line.length() - 1).split("\\|", -1)).stream()
        .map(String::strip)
        .toList();
  }

  private static Map<String, @Nullable Object> row(List<String> names, List<String> cells) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
    }
    return row;
  }
}
