package costlake.report;

import costlake.report.Statement.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a reporting table as a sheet of one receiver has them. A sheet names its receiver
 * in one column, {@code team_id} or {@code group_id}. Issued statements contain sheets and columns
 * with the names of version 1, so these do not change.
 */
record SheetColumns(List<SheetColumns.SheetColumn> columns) {
  /**
   * The columns that name the statement. They come first, also in a lake whose table got them
   * later.
   */
  private static final List<String> COMMON =
      List.of(
          "billing_month",
          "receiver_kind",
          "receiver_id",
          "team_id",
          "billing_currency",
          "receiver_name");

  /**
   * A column of a sheet.
   *
   * @param source column of the table
   * @param name its name in the sheet
   */
  record SheetColumn(String source, String name) {}

  SheetColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Returns the columns of the sheet.
   *
   * @param receiverKind kind of the receiver
   * @param table columns of the table, in their order; a closed month may lack some
   * @param printed columns that the sheet has, besides those of every table
   */
  static SheetColumns of(String receiverKind, List<String> table, List<String> printed) {
    boolean team = receiverKind.equals(Receiver.TEAM);
    return new SheetColumns(
        Stream.concat(
                COMMON.stream().filter(table::contains),
                table.stream().filter(c -> printed.contains(c) && !COMMON.contains(c)))
            .flatMap(column -> team ? ofTeam(column) : ofGroup(column))
            .toList());
  }

  /** Returns the name of the sheet with the rows of a table. */
  static String sheet(String receiverKind, String table) {
    return receiverKind.equals(Receiver.TEAM) ? table : ReportingVersion.nameOfGroups(table);
  }

  private static Stream<SheetColumn> ofTeam(String column) {
    return switch (column) {
      case "receiver_kind", "receiver_id", "teams" -> Stream.of();
      case "receiver_name" -> Stream.of(new SheetColumn(column, "team_name"));
      default -> Stream.of(new SheetColumn(column, column));
    };
  }

  private static Stream<SheetColumn> ofGroup(String column) {
    return switch (column) {
      case "receiver_kind", "team_id", "cost_centre" -> Stream.of();
      case "receiver_id" -> Stream.of(new SheetColumn(column, "group_id"));
      case "receiver_name" ->
          Stream.of(
              new SheetColumn("receiver_kind", "group_kind"),
              new SheetColumn(column, "group_name"));
      default -> Stream.of(new SheetColumn(column, column));
    };
  }

  /** Returns the names that the sheet has. */
  List<String> names() {
    return columns.stream().map(SheetColumn::name).toList();
  }

  /** Returns the values of a row of the table, in the order of the sheet. */
  List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>(columns.size());
    for (SheetColumn column : columns) {
      values.add(PrintedRow.value(row, column.source()));
    }
    return values;
  }
}
