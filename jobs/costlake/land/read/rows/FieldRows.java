package costlake.land.read.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a file format that stores each field as a separate value. */
public abstract class FieldRows implements RowReader {
  private final FilePlan file;
  private final List<FieldCheck> checks;
  private final List<FieldCheck> binary;
  private final List<Integer> all;
  private final int header;
  private final Set<UTF8String> nullTexts;
  private final boolean[] read;
  private @Nullable String reject;

  /**
   * Creates a reader of some fields of each row.
   *
   * @param wanted positions of the fields to read, in addition to the fields of checks
   * @param checks checks that can fail in this file
   * @param binary checks of money columns whose values are doubles or floats
   */
  protected FieldRows(
      FilePlan file, Set<Integer> wanted, List<FieldCheck> checks, List<FieldCheck> binary) {
    this.file = file;
    this.checks = file.clean() ? List.of() : List.copyOf(checks);
    this.binary = List.copyOf(binary);
    this.all = List.copyOf(file.positions());
    this.header = file.columns().hashCode();
    this.nullTexts =
        file.nullTexts().stream().map(UTF8String::fromString).collect(Collectors.toSet());
    Set<Integer> positions = new TreeSet<>(wanted);
    this.checks.forEach(check -> positions.add(check.position()));
    this.read = new boolean[file.width()];
    positions.stream().filter(field -> field >= 0).forEach(field -> read[field] = true);
  }

  /** Whether a field is read. */
  public final boolean isRead(int field) {
    return read[field];
  }

  /** Returns the text of a field that is read; null if the field has no value. */
  public abstract @Nullable UTF8String value(int field);

  /**
   * Returns the members of the object in a field that is read: empty if the field has no value,
   * null if its value is not an object.
   */
  public abstract @Nullable Map<UTF8String, UTF8String> members(int field);

  /** Whether the text of a binary number has fewer digits than the number. */
  public abstract boolean isRounded(int field);

  /** Whether the value is nested, so that its text must first be written as JSON. */
  public boolean isNested(int field) {
    return false;
  }

  /** Runs the checks of the plan on the row. */
  public final void check() {
    reject(findProblem());
  }

  /** Sets the reason why the row is rejected; null for a good row. */
  public final void reject(@Nullable String problem) {
    reject = problem;
  }

  @Override
  public final @Nullable String reject() {
    return reject;
  }

  private @Nullable String findProblem() {
    for (FieldCheck check : checks) {
      UTF8String text = text(check.position());
      if (text == null) {
        if (check.problemOfNull() != null) {
          return check.problemOfNull();
        }
      } else if (!holds(check, text)) {
        return check.problem(text.toString());
      }
    }
    return null;
  }

  private boolean holds(FieldCheck check, UTF8String text) {
    if (check.rule() == FieldCheck.Rule.JSON_OBJECT) {
      return members(check.position()) != null;
    }
    byte[] bytes = text.getBytes();
    return check.holds(bytes, 0, bytes.length);
  }

  @Override
  public final @Nullable UTF8String text(int field) {
    UTF8String text = read[field] ? value(field) : null;
    return text == null || isNull(text) ? null : text;
  }

  private boolean isNull(UTF8String text) {
    return text.numBytes() == 0 ? !file.emptyIsText() : nullTexts.contains(text);
  }

  @Override
  public final Map<UTF8String, UTF8String> object(int field) {
    Map<UTF8String, UTF8String> members = read[field] ? members(field) : null;
    return members == null ? Map.of() : members;
  }

  @Override
  public final boolean whole() {
    for (boolean one : read) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long wholeKey(long seed) {
    return hash(all, seed ^ header);
  }

  @Override
  public final List<String> repairs() {
    List<String> repairs = new ArrayList<>(nullRepaired());
    for (FieldCheck check : binary) {
      if (read[check.position()] && isRounded(check.position())) {
        repairs.add(ROUNDED + check.column());
      }
    }
    return repairs;
  }

  private List<String> nullRepaired() {
    for (int i = 0; !nullTexts.isEmpty() && i < read.length; i++) {
      if (read[i] && !isNested(i) && nullTexts.contains(value(i))) {
        return List.of(FilePlan.LITERAL_NULL);
      }
    }
    return List.of();
  }

  /** Returns the columns that are not null, as a JSON object of texts. */
  @Override
  public String raw() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < read.length && json.length() < RAW_MAX; i++) {
      UTF8String text = text(i);
      if (text != null) {
        json.append(json.length() == 1 ? "" : ",")
            .append(JsonText.quoted(file.columns().get(i)))
            .append(':')
            .append(JsonText.literal(text, true));
      }
    }
    json.append('}');
    return json.substring(0, Math.min(json.length(), RAW_MAX));
  }
}
