package costlake.convert;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.TemporaryOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes lines of text as one file, in the order of the rows. */
public final class CsvLines {
  /** Line end of RFC 4180. */
  public static final String END = "\r\n";

  private CsvLines() {}

  /**
   * Writes a file.
   *
   * @param lines one column of text
   */
  public static void write(Dataset<Row> lines, String header, String lineEnd, Path file) {
    Path parts = file.resolveSibling(file.getFileName() + ".parts");
    TemporaryOutput.sweep(parts);
    lines.write().option("lineSep", lineEnd).text(parts.toString());
    join(header + lineEnd, parts, file);
    TemporaryOutput.sweep(parts);
  }

  private static void join(String header, Path parts, Path file) {
    try (OutputStream out = Files.newOutputStream(file);
        Stream<Path> listed = Files.list(parts)) {
      out.write(header.getBytes(StandardCharsets.UTF_8));
      for (Path part :
          listed.filter(p -> p.getFileName().toString().startsWith("part-")).sorted().toList()) {
        Files.copy(part, out);
      }
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write %s: %s", file, FileErrors.why(e));
    }
  }

  /** Puts text in double quotes. */
  public static Column quoted(Column text) {
    return concat(lit("\""), replace(text, lit("\""), lit("\"\"")), lit("\""));
  }
}
