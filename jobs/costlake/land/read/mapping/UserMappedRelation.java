package costlake.land.read.mapping;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import costlake.config.SourceRelation;
import costlake.config.SourceRole;
import costlake.config.UserMapping;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.land.read.rows.ColumnOrigin;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.Mapping;
import costlake.land.read.rows.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Maps files by a user's mapping to the relation bronze.mapped: one row per delivered row, with the
 * columns of FOCUS as text. The map {@code native} has the delivered columns that the mapping does
 * not use. A row that the mapping skips has a value in {@code _skipped} and no cost.
 */
public final class UserMappedRelation implements Relation {
  private static final String DAY = "ChargePeriodStart";

  private final SourceRelation described;
  private final @Nullable UserMapping mapping;

  /**
   * Creates the relation.
   *
   * @param mapping the mapping; null if no source names one, and then no file belongs to it
   */
  public UserMappedRelation(SourceRelation described, @Nullable UserMapping mapping) {
    this.described = described;
    this.mapping = mapping;
  }

  @Override
  public boolean recognises(List<String> header) {
    return mapping != null && absent(mapping, header).isEmpty();
  }

  @Override
  public Mapping mapping(String file, List<String> header) {
    if (mapping == null) {
      throw Failure.operator(
          "Cannot read %s: no mapping describes it. Name one, e.g. --mapping acme.yml.", file);
    }
    requireColumns(file, header, mapping);
    Map<String, ColumnOrigin> cells = new HashMap<>();
    for (String column : MappedRows.columns()) {
      cells.put(column, ColumnOrigin.field(MappedRows.position(header, MappedRows.field(column))));
    }
    cells.put(SourceRelation.NATIVE, unused(header, mapping));
    return new Mapping(
        cells, List.of(), mapping.nullText(), List.of(), mapping.text(), Layout.NO_FREE_TEXT);
  }

  private static void requireColumns(String file, List<String> header, UserMapping mapping) {
    List<String> absent = absent(mapping, header);
    Optional<String> separated = MisplacedExport.delimiter(header);
    if (!absent.isEmpty() && separated.isPresent()) {
      throw Failure.data("Cannot read %s as %s: %s", file, mapping.title(), separated.get());
    }
    if (!absent.isEmpty()) {
      String first = absent.get(0);
      throw Failure.data(
          """
          Cannot read %s as %s: it has no column '%s', which %s names.%s%s Correct the mapping, or
          deliver the file with the column.
          """,
          file,
          mapping.title(),
          first,
          mapping.text().file(),
          Nearest.hint(first, header),
          absent.size() == 1
              ? ""
              : " It also lacks " + String.join(", ", absent.subList(1, absent.size())) + ".");
    }
  }

  private static List<String> absent(UserMapping mapping, List<String> header) {
    return mapping.absent(column -> DeliveredFields.has(header, column));
  }

  private static ColumnOrigin unused(List<String> header, UserMapping mapping) {
    Set<Integer> used = new RowMapper(mapping, header).positions();
    List<ColumnOrigin.Entry> entries = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!used.contains(i)) {
        entries.add(new ColumnOrigin.Entry(header.get(i), i));
      }
    }
    return ColumnOrigin.map(entries, List.of());
  }

  /** Gives skipped rows the first day of the billing period, because every row has a day. */
  @Override
  public Dataset<Row> repaired(Dataset<Row> rows) {
    return rows.withColumn(DAY, coalesce(col(DAY), col("_billing_period").cast("string")));
  }

  @Override
  public List<String> periodColumns(List<String> header) {
    return fields(SourceRole.PERIOD);
  }

  @Override
  public List<String> costColumns(List<String> header) {
    return fields(SourceRole.BILLED);
  }

  @Override
  public List<String> skipColumns(List<String> header) {
    return List.of(MappedRows.field(RowMapper.SKIPPED), MappedRows.field(RowCosts.STATED));
  }

  private List<String> fields(SourceRole role) {
    return described.role(role).stream().map(MappedRows::field).toList();
  }
}
