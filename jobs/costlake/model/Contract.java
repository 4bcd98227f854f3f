package costlake.model;

import costlake.audit.WrittenAudit;
import costlake.config.Origin;
import costlake.config.Required;
import costlake.config.Shorthand;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contract of a model, from the file beside it.
 *
 * @param grain meaning of one row
 * @param materialized how the model is stored; default: as a table
 * @param partition the part that a night replaces; default: the whole table
 * @param reads upstream relations of which a partition needs more than its own days, each with the
 *     window that it needs
 * @param monthsBefore upstream relations of which a month also needs earlier months, each with the
 *     number of months; a month that changed then also changes as many later months
 * @param affected SQL that returns the partitions to rebuild when the given upstream days changed
 * @param needed SQL that returns further upstream days, outside the window of {@code reads}, that
 *     the given partitions need
 * @param carries column that names the source of a row, e.g. {@code x_SourceId}: a night computes
 *     the rows of the sources that changed, and takes those of the others from the published table.
 *     Null if a night computes all rows of a partition
 * @param spreads which rows of other days depend on a row of this view
 * @param key columns whose values together identify a row. They are never null, except the columns
 *     of {@code nullableKey}
 * @param nullableKey columns of the key that may be null; two nulls are equal
 * @param columnsOf another model whose columns come before the own columns of this model, or null
 * @param without columns of {@code columnsOf} that this model leaves out or defines itself
 * @param columns columns in order, with exact letter case and type. The file has only the own
 *     columns of the model; the compiled contract also has the columns of {@code columnsOf}
 */
public record Contract(
    @Required String description,
    @Required String grain,
    @Required String owner,
    Materialized materialized,
    Partition partition,
    Map<String, Window> reads,
    Map<String, Integer> monthsBefore,
    @Nullable String affected,
    @Nullable String needed,
    @Nullable String carries,
    @Nullable Spread spreads,
    List<String> key,
    List<String> nullableKey,
    @Nullable String columnsOf,
    List<String> without,
    List<Column> columns,
    List<WrittenAudit> audits,
    Origin origin) {

  /** How a model is stored. */
  public enum Materialized {
    /** Stored as a table. */
    TABLE,
    /** Not stored: its query is part of the queries that read it. */
    VIEW,
    /** Not stored, but users can query it like a table. */
    PUBLIC_VIEW
  }

  /** The part of a table that a night replaces. */
  public enum By {
    /** One day. */
    DAY,
    /** One month; the value of the partition column is the first day of the month. */
    MONTH,
    /** The whole table. */
    WHOLE
  }

  /** The part of an upstream relation that a partition needs. */
  public enum Window {
    /** The same day; for a table partitioned by month, the days of the month. */
    DAY,
    /** The whole month. */
    MONTH,
    /** All days. */
    ALL
  }

  /** The partition column. */
  public record Partition(@Nullable String column, @Required By by) {
    public Partition {
      if ((column == null) != (by == By.WHOLE)) {
        throw new IllegalArgumentException("a partition by day or month needs a column");
      }
    }
  }

  /**
   * A row of this view describes rows of several days. If the row changes, all these days are built
   * again.
   *
   * @param days column with these days, {@code array<date>}
   * @param when columns that identify the row, and columns with its content; the row has changed if
   *     a value of these columns differs
   */
  public record Spread(@Required String days, @Required List<String> when) {
    public Spread {
      when = List.copyOf(when);
    }
  }

  /**
   * One column. If the file does not say its type, it differs from the column of this name in
   * another contract or in models/columns.yml only in what the file says.
   *
   * @param name name; in a file, a text with commas names several columns
   * @param type Spark's name of the type, as {@code describe} prints it; empty if the file does not
   *     say it
   * @param nullable whether null is allowed; default: true
   * @param repeats whether values repeat; default: true. If false, files have no dictionary for the
   *     column
   * @param unit unit of the values; a file that says the meaning also says the unit
   * @param asIn model whose column of this name this one is like; null if it is like the column in
   *     models/columns.yml, if it says its type, and in compiled contracts
   */
  public record Column(
      @Required @Shorthand String name,
      @Nullable String type,
      @Nullable Boolean nullable,
      @Nullable Boolean repeats,
      @Nullable String meaning,
      @Nullable String unit,
      @Nullable String asIn,
      Origin origin) {
    @Override
    public String type() {
      return type == null ? "" : type;
    }

    @Override
    public Boolean nullable() {
      return nullable == null || nullable;
    }

    @Override
    public Boolean repeats() {
      return repeats == null || repeats;
    }

    /** Whether a value is a map, array or struct. To check for null, all its parts must be read. */
    public boolean isNested() {
      return type().startsWith("map<")
          || type().startsWith("array<")
          || type().startsWith("struct<");
    }

    private Stream<Column> each() {
      return Arrays.stream(name.split(", *", -1))
          .map(one -> new Column(one, type, nullable, repeats, meaning, unit, asIn, origin));
    }

    /** Returns this column without a type as another column that differs in what this one says. */
    Column completed(ColumnDefaults.Default other) {
      return new Column(
          name,
          other.type(),
          nullable == null ? other.nullable() : nullable,
          repeats == null ? other.repeats() : repeats,
          meaning == null ? other.meaning() : meaning,
          meaning == null && unit == null ? other.unit() : unit,
          null,
          origin);
    }

    /** Returns what a column that is like this one has. */
    ColumnDefaults.Default asDefault() {
      return new ColumnDefaults.Default(
          type(), nullable, repeats, Objects.requireNonNullElse(meaning, ""), unit);
    }
  }

  public Contract {
    if (columnsOf == null && columns.isEmpty()) {
      throw new IllegalArgumentException("needs 'columns', or 'columns_of' another model");
    }
    materialized = materialized == null ? Materialized.TABLE : materialized;
    partition = partition == null ? new Partition(null, By.WHOLE) : partition;
    reads = Collections.unmodifiableMap(new TreeMap<>(reads));
    monthsBefore = Collections.unmodifiableMap(new TreeMap<>(monthsBefore));
    key = List.copyOf(key);
    nullableKey = List.copyOf(nullableKey);
    without = List.copyOf(without);
    columns = columns.stream().flatMap(Column::each).toList();
    audits = List.copyOf(audits);
  }

  /** Returns the names of the columns in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  Contract withColumns(List<Column> others) {
    return new Contract(
        description,
        grain,
        owner,
        materialized,
        partition,
        reads,
        monthsBefore,
        affected,
        needed,
        carries,
        spreads,
        key,
        nullableKey,
        columnsOf,
        without,
        others,
        audits,
        origin);
  }
}
