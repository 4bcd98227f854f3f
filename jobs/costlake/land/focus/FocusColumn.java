package costlake.land.focus;

import costlake.land.read.ReferenceCsv;
import costlake.land.read.rows.FieldCheck;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of the FOCUS dataset Cost and Usage, any version from 1.0 to 1.4.
 *
 * @param required whether a delivery without the column, or a row without a value in the column,
 *     cannot be read
 * @param introduced version that introduced the column
 * @param removed version that removed the column, or empty
 * @param allowed closed list of the allowed values; empty if there is no such list
 */
record FocusColumn(
    String name,
    String type,
    boolean required,
    String introduced,
    String removed,
    List<String> allowed) {
  static final List<FocusColumn> ALL =
      ReferenceCsv.ofKind("focus/columns.csv").stream()
          .map(
              row ->
                  new FocusColumn(
                      ReferenceCsv.value(row, "name"),
                      ReferenceCsv.value(row, "type"),
                      Boolean.parseBoolean(ReferenceCsv.value(row, "required")),
                      ReferenceCsv.value(row, "introduced"),
                      ReferenceCsv.value(row, "removed"),
                      ReferenceCsv.value(row, "allowed_values").isEmpty()
                          ? List.of()
                          : List.of(ReferenceCsv.value(row, "allowed_values").split("\\|"))))
          .toList();

  private static final Set<String> NEEDED =
      Set.of(
          "BillingAccountId",
          "ChargeCategory",
          "ChargeFrequency",
          "ChargePeriodEnd",
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName");

  /** Whether a night stops if an export lacks the column and no other value replaces it. */
  boolean needed() {
    return required || NEEDED.contains(name);
  }

  /** Returns the rule for the values of the column; null if any text is valid. */
  FieldCheck.@Nullable Rule rule() {
    return switch (type) {
      case "money" -> required ? FieldCheck.Rule.MONEY_REQUIRED : FieldCheck.Rule.MONEY;
      case "time" -> required ? FieldCheck.Rule.TIME_REQUIRED : FieldCheck.Rule.TIME;
      default -> required ? FieldCheck.Rule.REQUIRED : null;
    };
  }
}
