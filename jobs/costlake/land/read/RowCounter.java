package costlake.land.read;

import costlake.land.read.mapping.MappedRows;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.Relation;
import costlake.land.read.rows.RowIdentity;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TimeFormats;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Counts the good and the rejected rows of one file, and the rows of each month. Sums the costs.
 */
final class RowCounter {
  private static final int MONTH_TEXT = 7;

  private final List<String> columns;
  private final TimeFormats times;
  private final int[] period;
  private final int[] unzoned;
  private final RowCost cost;
  private final int[] skip;
  private final Map<String, FileSummary.RowsAndCost> skipped = new TreeMap<>();
  private final RowIdentity identity;
  private final RowKeys keys;
  private final Map<String, Long> months = new TreeMap<>();
  private final List<FileSummary.RejectedRow> rejects = new ArrayList<>();
  private @Nullable UTF8String month;
  private long inMonth;
  private long count;
  private long rejected;
  private long unidentified;
  private long readAsUtc;
  private FileSummary.RowsAndCost rounded = FileSummary.RowsAndCost.NONE;
  private BigDecimal good = BigDecimal.ZERO;
  private BigDecimal bad = BigDecimal.ZERO;

  RowCounter(Relation relation, List<String> columns, RowKeyLimit keyLimit) {
    this.keys = new RowKeys(keyLimit);
    this.columns = columns;
    this.times = relation.times(columns);
    this.unzoned = positions(relation.unzonedColumns(columns));
    this.period = positions(relation.periodColumns(columns));
    this.cost = new RowCost(relation, columns);
    this.skip = positions(relation.skipColumns(columns));
    this.identity = RowIdentity.of(relation, columns);
  }

  private int[] positions(List<String> wanted) {
    return wanted.stream().mapToInt(field -> MappedRows.position(columns, field)).toArray();
  }

  /** Whether any row was rejected. */
  boolean rejected() {
    return rejected > 0;
  }

  /** Returns the positions of the fields with the month. */
  Set<Integer> monthFields() {
    return Arrays.stream(period).boxed().collect(Collectors.toSet());
  }

  /**
   * Returns the positions of the fields with months and costs, and of the fields that identify a
   * row.
   */
  Set<Integer> fields(FilePlan file) {
    Set<Integer> fields =
        new TreeSet<>(identity.fields().isEmpty() ? file.positions() : identity.fields());
    Stream.of(period, cost.fields(), unzoned).flatMapToInt(Arrays::stream).forEach(fields::add);
    return fields;
  }

  /** Counts all rows, and keeps at most {@code rejectsKept} rejected rows. */
  void count(RowReader rows, int rejectsKept) throws IOException {
    boolean whole = rows.whole();
    while (rows.next()) {
      count++;
      if (rows.reject() == null) {
        good = good.add(cost.of(rows).abs());
        if (whole || identity.identifies(rows)) {
          keys.add(rows.key(identity));
        } else {
          unidentified++;
        }
        countMonth(rows);
        countRounded(rows);
        countSkipped(rows);
        countReadAsUtc(rows);
      } else {
        rejected++;
        bad = bad.add(cost.of(rows).abs());
        if (rejects.size() < rejectsKept) {
          rejects.add(reject(rows));
        }
      }
    }
    endMonth();
  }

  /** Whether some rows are identified only by all columns, but not all columns were read. */
  boolean unidentified() {
    return unidentified > 0;
  }

  /**
   * Adds the keys of the rows that only all columns identify, from a second reading of the file
   * with all columns.
   */
  void identify(RowReader rows) throws IOException {
    while (rows.next()) {
      if (rows.reject() == null && !identity.identifies(rows)) {
        keys.add(rows.key(identity));
      }
    }
  }

  /** Keeps at most {@code rejectsKept} rejected rows, from a second reading of the file. */
  void keep(RowReader rows, int rejectsKept) throws IOException {
    while (rejects.size() < Math.min(rejectsKept, rejected) && rows.next()) {
      if (rows.reject() != null) {
        rejects.add(reject(rows));
      }
    }
  }

  private static FileSummary.RejectedRow reject(RowReader rows) {
    return new FileSummary.RejectedRow(
        rows.number(), Objects.requireNonNull(rows.reject()), rows.raw());
  }

  Optional<String> firstMonth(RowReader rows) throws IOException {
    while (period.length > 0 && rows.next()) {
      UTF8String text = rows.reject() == null ? periodOf(rows) : null;
      if (text != null) {
        return Optional.of(month(text).toString());
      }
    }
    return Optional.empty();
  }

  /** Returns the first time with the billing period, in ISO 8601; null if there is none. */
  private @Nullable UTF8String periodOf(RowReader rows) {
    for (int field : period) {
      UTF8String text = rows.text(field);
      if (text != null) {
        return times.changesNothing() || rows.isInstant(field) ? text : iso(text);
      }
    }
    return null;
  }

  private UTF8String iso(UTF8String time) {
    return times.iso(time.toString()).map(UTF8String::fromString).orElse(time);
  }

  private void countMonth(RowReader rows) {
    UTF8String text = periodOf(rows);
    if (text == null) {
      return;
    }
    if (month == null || !text.startsWith(month)) {
      endMonth();
      month = month(text);
    }
    inMonth++;
  }

  private static UTF8String month(UTF8String time) {
    return time.substring(0, MONTH_TEXT);
  }

  private void countReadAsUtc(RowReader rows) {
    for (int field : unzoned) {
      UTF8String text = rows.text(field);
      if (text != null && !rows.isInstant(field) && times.isLocal(text.toString())) {
        readAsUtc++;
        return;
      }
    }
  }

  private void countRounded(RowReader rows) {
    Arrays.stream(cost.fields())
        .mapToObj(rows::roundedOff)
        .filter(off -> off.signum() != 0)
        .findFirst()
        .ifPresent(off -> rounded = rounded.plus(new FileSummary.RowsAndCost(1, off)));
  }

  private void countSkipped(RowReader rows) {
    UTF8String reason = skip.length == 0 ? null : rows.text(skip[0]);
    if (reason != null) {
      UTF8String stated = rows.text(skip[1]);
      BigDecimal amount = stated == null ? BigDecimal.ZERO : new BigDecimal(stated.toString());
      skipped.merge(
          reason.toString(), new FileSummary.RowsAndCost(1, amount), FileSummary.RowsAndCost::plus);
    }
  }

  private void endMonth() {
    if (month != null) {
      months.merge(month.toString(), inMonth, Long::sum);
    }
    inMonth = 0;
  }

  FileSummary facts(String content) {
    return new FileSummary(
        columns,
        count,
        rejected,
        rejects,
        months,
        good,
        bad,
        content,
        keys.end(),
        skipped,
        rounded,
        readAsUtc);
  }
}
