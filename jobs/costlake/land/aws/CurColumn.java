package costlake.land.aws;

import costlake.land.read.FieldCheck;
import costlake.land.read.ReferenceCsv;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of bronze.aws_cur, under its CUR 2.0 name.
 *
 * @param required whether a delivery without it, or a row without a value, cannot be read
 */
record CurColumn(String name, Type type, boolean required) {
  static final List<CurColumn> ALL =
      ReferenceCsv.read("aws_cur_columns.csv").stream()
          .map(
              row ->
                  new CurColumn(
                      ReferenceCsv.value(row, "name"),
                      Type.valueOf(ReferenceCsv.value(row, "type").toUpperCase(Locale.ROOT)),
                      Boolean.parseBoolean(ReferenceCsv.value(row, "required"))))
          .toList();

  private static final Map<String, CurColumn> BY_KEY =
      ALL.stream().collect(Collectors.toMap(column -> key(column.name()), Function.identity()));

  /** The column of a {@link #key(String)} that is no map, or null. */
  static @Nullable CurColumn plain(String key) {
    CurColumn column = BY_KEY.get(key);
    return column == null || column.type() == Type.MAP ? null : column;
  }

  enum Type {
    TEXT,
    MONEY,
    TIME,
    MAP
  }

  /**
   * One spelling for all: {@code lineItem/UsageStartDate}, {@code line_item_usage_start_date} and
   * {@code savings_plan_savings_plan_a_r_n} for {@code savingsPlan/SavingsPlanARN} come together.
   */
  static String key(String delivered) {
    StringBuilder key = new StringBuilder(delivered.length());
    for (int i = 0; i < delivered.length(); i++) {
      char c = delivered.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        key.append(Character.toLowerCase(c));
      }
    }
    return key.toString();
  }

  /** Name of the product attribute, for a column that CUR 2.0 may deliver inside a map. */
  @Nullable String productAttribute() {
    return name.startsWith("product_") ? name.substring("product_".length()) : null;
  }

  /** The rule for its values, or null when any text will do. */
  FieldCheck.@Nullable Rule rule() {
    return switch (type) {
      case MONEY -> required ? FieldCheck.Rule.MONEY_REQUIRED : FieldCheck.Rule.MONEY;
      case TIME -> required ? FieldCheck.Rule.TIME_REQUIRED : FieldCheck.Rule.TIME;
      case TEXT -> required ? FieldCheck.Rule.REQUIRED : null;
      case MAP -> null;
    };
  }
}
