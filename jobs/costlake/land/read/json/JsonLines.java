package costlake.land.read.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import costlake.land.read.rows.JsonText;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TextRecords;
import costlake.land.read.rows.ValueChecks;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects: one per line, or the documents of {@link JsonDocuments}. Blank lines are
 * skipped. If a record is not an object, {@link #problem} says why. A file is refused if its last
 * record is incomplete, because the file is then truncated.
 */
final class JsonLines implements Closeable {
  private static final String NO_OBJECT = "JSON that is no object";

  private final TextRecords lines;
  private final int recordBytesMax;
  private byte[] buffer = {};
  private @Nullable JsonParser parser;
  private @Nullable String problem;

  /** The file is refused because of its layout or because of a limit. It need not be damaged. */
  static final class Unfit extends IOException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  /** Receives the members of an object. */
  interface Members {
    /**
     * Receives the name of a member; {@link #text} returns its value. Returns the reason if the
     * member is not valid, or null.
     */
    @Nullable String take(String name) throws IOException;
  }

  /**
   * Creates a reader.
   *
   * @param lists names of members whose elements are the objects; see {@link JsonDocuments}
   */
  JsonLines(InputStream in, int recordBytesMax, Set<String> lists) throws IOException {
    this.lines = records(new BufferedInputStream(in), recordBytesMax, lists);
    this.recordBytesMax = recordBytesMax;
  }

  private static TextRecords records(BufferedInputStream in, int recordBytesMax, Set<String> lists)
      throws IOException {
    try {
      return JsonDocuments.isIn(in, recordBytesMax, lists)
          ? new JsonDocuments(in, recordBytesMax, lists)
          : new LineReader(in, recordBytesMax);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Moves to the next line that is not blank. Returns false at the end of the file. */
  boolean next(Members members) throws IOException {
    problem = null;
    if (!moveOn()) {
      return false;
    }
    if (lines.tooLong()) {
      problem = "a line longer than " + recordBytesMax + " bytes" + RowReader.TOO_LONG_HINT;
    } else if (!ValueChecks.utf8(lines.buffer(), lines.start(), lines.end())) {
      problem = "bytes that are not UTF-8";
    } else {
      problem = JsonEscapes.problem(lines.buffer(), lines.start(), lines.end());
      if (problem == null) {
        parse(members);
      }
    }
    refuseCut();
    return true;
  }

  private boolean moveOn() throws IOException {
    boolean found = lines.next();
    while (found && isBlank()) {
      found = lines.next();
    }
    return found;
  }

  private boolean isBlank() {
    for (int i = lines.start(); i < lines.end(); i++) {
      if (lines.buffer()[i] != ' ' && lines.buffer()[i] != '\t' && lines.buffer()[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void parse(Members members) throws IOException {
    buffer = lines.buffer();
    try (JsonParser json = JsonText.parser(buffer, lines.start(), lines.end())) {
      parser = json;
      problem = findProblem(json, members);
    } catch (JsonProcessingException e) {
      refuseCut(e);
      problem = "no JSON: " + e.getOriginalMessage();
    }
  }

  private @Nullable String findProblem(JsonParser json, Members members) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return NO_OBJECT;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      String wrong = members.take(name);
      if (wrong != null) {
        return wrong;
      }
      json.skipChildren();
    }
    return json.nextToken() == null ? null : "more text after its JSON object";
  }

  /** Returns the value of the last member as text; see {@link JsonText#value}. */
  @Nullable UTF8String text() throws IOException {
    return JsonText.value(Objects.requireNonNull(parser), buffer, lines.start());
  }

  private void refuseCut(JsonProcessingException why) throws IOException {
    if (lines.isLast()) {
      throw new IOException("its last line, " + lines.number() + ", is no whole JSON object", why);
    }
  }

  /**
   * Refuses the file if its last line has a problem and no line end, because it may be truncated. A
   * complete JSON value that is not an object is not truncated.
   */
  private void refuseCut() throws IOException {
    if (problem != null && lines.isCut() && !problem.equals(NO_OBJECT)) {
      String message =
          "its last line, " + lines.number() + ", does not end and cannot be read: " + problem;
      throw lines.tooLong() ? new Unfit(message) : new IOException(message);
    }
  }

  /** Returns the reason why the line cannot be read, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Whether the file has documents, and these have no values, e.g. {@code []}. */
  boolean isEmptyList() {
    return lines instanceof JsonDocuments && lines.number() == 0;
  }

  /** Returns the number of the line in the file, from 1. */
  long number() {
    return lines.number();
  }

  /** Returns the first bytes of the line as text. */
  String raw(int max) {
    return lines.raw(max);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
