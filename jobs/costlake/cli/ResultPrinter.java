package costlake.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.PlainText;
import costlake.core.SpreadsheetFormulas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Prints rows as an aligned table, as CSV (quoted as in RFC 4180, null is empty) or as JSON lines.
 * Decimals have no exponent and no trailing zeros. Times are in UTC. CSV puts an apostrophe before
 * text that a spreadsheet would run as a formula. JSON prints text unaltered and escapes hidden
 * characters.
 */
final class ResultPrinter {
  /** The format of the output. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  /**
   * Line end of CSV, as in psql and DuckDB. Shells would treat a carriage return as part of the
   * value.
   */
  private static final String LINE_END = "\n";

  private final PrintWriter out;

  ResultPrinter(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints every row. A table keeps all rows in memory to compute the widths of its columns; the
   * other formats stream.
   */
  void print(Format format, List<String> columns, Iterator<Row> rows) {
    switch (format) {
      case TABLE -> table(columns, rows);
      case CSV -> csv(columns, rows);
      case JSON -> json(columns, rows);
    }
    out.flush();
  }

  private void table(List<String> columns, Iterator<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    boolean[] numeric = new boolean[columns.size()];
    while (rows.hasNext()) {
      Row row = rows.next();
      List<String> line = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Object value = row.get(i);
        numeric[i] |= value instanceof Number;
        line.add(value == null ? "-" : PlainText.line(text(value)));
      }
      cells.add(line);
    }
    table(columns, cells, numeric);
  }

  /** Prints cells as an aligned table. Columns with {@code numeric} true are right-aligned. */
  void table(List<String> columns, List<List<String>> cells, boolean[] numeric) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0));
    }
    out.println(line(columns, widths, numeric));
    out.println(
        java.util.Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
    cells.forEach(cell -> out.println(line(cell, widths, numeric)));
    out.flush();
  }

  private static String line(List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(numeric[i] ? pad + cells.get(i) : cells.get(i) + pad);
    }
    return line.toString().stripTrailing();
  }

  private void csv(List<String> columns, Iterator<Row> rows) {
    out.print(
        columns.stream()
                .map(SpreadsheetFormulas::inert)
                .map(ResultPrinter::quoted)
                .collect(Collectors.joining(","))
            + LINE_END);
    while (rows.hasNext()) {
      Row row = rows.next();
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Object value = row.get(i);
        cells.add(value == null ? "" : quoted(inert(value)));
      }
      out.print(String.join(",", cells) + LINE_END);
    }
  }

  private static String inert(Object value) {
    return value instanceof String text ? SpreadsheetFormulas.inert(text) : text(value);
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void json(List<String> columns, Iterator<Row> rows) {
    while (rows.hasNext()) {
      Row row = rows.next();
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < columns.size(); i++) {
        line.set(columns.get(i), JSON.valueToTree(plain(row.get(i))));
      }
      try {
        out.println(PlainText.json(JSON.writeValueAsString(line)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal(decimal).toPlainString();
    }
    Object plain = plain(value);
    try {
      return plain instanceof Map || plain instanceof List
          ? JSON.writeValueAsString(plain)
          : String.valueOf(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (value instanceof java.sql.Timestamp timestamp) {
      return Instant.ofEpochMilli(timestamp.getTime())
          .plusNanos(timestamp.getNanos() % 1_000_000)
          .toString();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return CollectionConverters.asJava(map).entrySet().stream()
          .collect(
              java.util.TreeMap::new,
              (m, e) -> m.put(String.valueOf(e.getKey()), plain(e.getValue())),
              Map::putAll);
    }
    if (value instanceof Seq<?> seq) {
      return CollectionConverters.asJava(seq).stream().map(ResultPrinter::plain).toList();
    }
    if (value instanceof Row row) {
      return row.json();
    }
    return value;
  }

  private static BigDecimal decimal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
