package costlake.build;

import costlake.core.Money;
import costlake.incident.CausePart;
import costlake.incident.CostLine;
import costlake.incident.CostWatch;
import costlake.incident.Incident;
import costlake.incident.WatchedSeries;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The SQL function {@code watch_costs}: a {@link CostWatch} over the lines of all days. */
public final class CostWatchFunction {
  /** The lines: the columns of governance.watched_costs that a {@link CostLine} has. */
  static final DataType LINES =
      DataType.fromDDL(
          "array<struct<usage_date:date,kind:string,team_id:string,service:string,sku:string,"
              + "pricing_unit:string,commitment_id:string,resource_id:string,"
              + "resource_group:string,model_id:string,quantity:decimal(38,21),"
              + "cost:decimal(38,21)>>");

  private static final DataType INCIDENTS =
      DataType.fromDDL(
          "array<struct<incident_id:string,subject_kind:string,subject_team_id:string,"
              + "subject_id:string,started_on:date,ended_on:date,goes_on:boolean,found_on:date,"
              + "cost_above:decimal(38,21),owner_team_id:string,cause:string,service:string,"
              + "item:string,cost:decimal(38,21),cost_before:decimal(38,21),"
              + "parts:array<struct<cause:string,team_id:string,from_team_id:string,"
              + "to_team_id:string,service:string,item:string,resources:array<string>,"
              + "change:decimal(38,21)>>,"
              + "shown_by:array<struct<kind:string,team_id:string,id:string>>>>");

  private static final int LINE_FIELDS = 12;
  private static final int QUANTITY = 10;
  private static final int COST = 11;

  private CostWatchFunction() {}

  static Expression call(List<Expression> arguments) {
    return Functions.call(CostWatchFunction.class, "watch", INCIDENTS, arguments);
  }

  /** Called by Spark: returns the incidents in lines of one currency, which may have any order. */
  public static ArrayData watch(ArrayData lines, UTF8String currency, Decimal costMin) {
    SortedMap<LocalDate, List<CostLine>> days = new TreeMap<>();
    for (int i = 0; i < lines.numElements(); i++) {
      CostLine line = line(lines.getStruct(i, LINE_FIELDS));
      days.computeIfAbsent(line.day(), day -> new ArrayList<>()).add(line);
    }
    CostWatch watch = new CostWatch(currency.toString(), costMin.toJavaBigDecimal());
    days.forEach(watch::next);
    return array(watch.incidents(), CostWatchFunction::row);
  }

  private static CostLine line(InternalRow row) {
    return new CostLine(
        LocalDate.ofEpochDay(row.getInt(0)),
        CostLine.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
        text(row, 2),
        row.getString(3),
        row.getString(4),
        text(row, 5),
        text(row, 6),
        text(row, 7),
        text(row, 8),
        text(row, 9),
        row.isNullAt(QUANTITY) ? null : money(row, QUANTITY),
        money(row, COST));
  }

  private static @Nullable String text(InternalRow row, int field) {
    return row.isNullAt(field) ? null : row.getString(field);
  }

  private static BigDecimal money(InternalRow row, int field) {
    return row.getDecimal(field, Money.PRECISION, Money.SCALE).toJavaBigDecimal();
  }

  private static InternalRow row(Incident incident) {
    return row(
        text(incident.id()),
        word(incident.subject().kind()),
        text(incident.subject().team()),
        text(incident.subject().id()),
        day(incident.start()),
        day(incident.end()),
        incident.isOpen(),
        day(incident.foundOn()),
        decimal(incident.cost()),
        text(incident.owner()),
        word(incident.cause().cause()),
        text(incident.cause().service()),
        text(incident.cause().item()),
        decimal(incident.change().cost()),
        decimal(incident.change().costBefore()),
        array(incident.change().parts(), CostWatchFunction::part),
        array(incident.series(), CostWatchFunction::series));
  }

  private static InternalRow part(CausePart part) {
    return row(
        word(part.cause()),
        text(part.team()),
        text(part.from()),
        text(part.to()),
        text(part.service()),
        text(part.item()),
        array(part.resources(), CostWatchFunction::text),
        decimal(part.amount()));
  }

  private static InternalRow series(WatchedSeries series) {
    return row(word(series.kind()), text(series.team()), text(series.id()));
  }

  private static InternalRow row(@Nullable Object... values) {
    return new GenericInternalRow(values);
  }

  private static <T> ArrayData array(List<T> values, Function<T, ?> value) {
    return new GenericArrayData(values.stream().map(value).toArray());
  }

  private static @Nullable UTF8String text(@Nullable String text) {
    return text == null ? null : UTF8String.fromString(text);
  }

  private static UTF8String word(Enum<?> value) {
    return Objects.requireNonNull(text(value.name().toLowerCase(Locale.ROOT)));
  }

  private static int day(LocalDate day) {
    return Math.toIntExact(day.toEpochDay());
  }

  private static Decimal decimal(BigDecimal amount) {
    return Decimal.apply(amount.setScale(Money.SCALE), Money.PRECISION, Money.SCALE);
  }
}
