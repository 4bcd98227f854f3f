package costlake.land.focus;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import costlake.config.SourceRelation;
import costlake.land.read.DeliveredRows;
import costlake.land.read.rows.ColumnOrigin;
import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.Mapping;
import costlake.land.read.rows.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The relation bronze.focus: one row per charge of a FOCUS export, with the columns of every
 * version from 1.0 to 1.4 as text, and all other columns in {@code native}.
 *
 * <p>Known deviations of exporters are repaired. The column {@code _repairs} of the row has the
 * name of each repair: {@code literal_null} (the text NULL is null), {@code column_case:X}, {@code
 * old_column:X}, {@code stray_column:X} (kept in {@code native}), {@code value_case:Column} (a
 * value of a closed list in other letter case), {@code contract_id_key} (the key ContractID of
 * ContractApplied, an erratum of 1.3).
 */
public final class FocusExport implements Relation {
  private static final String CONTRACT_APPLIED = "ContractApplied";

  private final Optional<String> provider;
  private final Optional<String> version;

  /**
   * Creates the mapping of an export.
   *
   * @param provider provider of the export; null if the export names its provider
   * @param version FOCUS version; if null, the columns determine the version
   */
  public FocusExport(@Nullable String provider, @Nullable String version) {
    this.provider = Optional.ofNullable(provider);
    this.version = Optional.ofNullable(version);
  }

  @Override
  public boolean recognises(List<String> header) {
    Set<String> columns = FocusHeader.of(header).positions().keySet();
    return columns.contains("BilledCost") && columns.contains("ChargePeriodStart");
  }

  @Override
  public Optional<String> missing(List<String> header) {
    return FocusHeader.of(header).missing();
  }

  /** Returns the columns that FOCUS requires, that the header lacks, and that no value replaces. */
  @Override
  public List<String> lacking(List<String> header) {
    return FocusHeader.of(header).lacking(provider.isPresent());
  }

  @Override
  public Mapping mapping(String file, List<String> names) {
    FocusHeader found = FocusHeader.of(names).checked(file, names);
    Map<String, ColumnOrigin> cells = new HashMap<>();
    List<FieldCheck> checks = new ArrayList<>();
    for (FocusColumn column : FocusColumn.ALL) {
      Integer position = found.positions().get(column.name());
      if (position != null) {
        cells.put(column.name(), ColumnOrigin.field(position));
        if (column.rule() != null) {
          checks.add(new FieldCheck(position, names.get(position), column.rule()));
        }
      }
    }
    cells.put(
        SourceRelation.NATIVE,
        ColumnOrigin.map(
            found.rest().stream().map(i -> new ColumnOrigin.Entry(names.get(i), i)).toList(),
            List.of()));
    cells.put("_focus_version", ColumnOrigin.constant(version.orElse(found.version())));
    provider.ifPresent(name -> cells.put("_provider_hint", ColumnOrigin.constant(name)));
    return new Mapping(cells, checks, "NULL", found.repairs());
  }

  @Override
  public Dataset<Row> repaired(Dataset<Row> rows) {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<Column> repairs = new ArrayList<>();
    for (FocusColumn column : FocusColumn.ALL) {
      if (!column.allowed().isEmpty()) {
        Column value = col(column.name());
        Column wrong = value.isNotNull().and(not(value.isin(column.allowed().toArray())));
        Column meant = element_at(lowerCased(column.allowed()), lower(value));
        columns.put(column.name(), when(wrong, coalesce(meant, value)).otherwise(value));
        repairs.add(when(wrong.and(meant.isNotNull()), lit("value_case:" + column.name())));
      }
    }
    Column contract = col(CONTRACT_APPLIED);
    Column wrongKey = contract.contains("\"ContractID\"");
    columns.put(
        CONTRACT_APPLIED,
        when(wrongKey, replace(contract, lit("\"ContractID\""), lit("\"ContractId\"")))
            .otherwise(contract));
    repairs.add(when(wrongKey, lit("contract_id_key")));
    columns.put(
        DeliveredRows.REPAIRS,
        concat(
            col(DeliveredRows.REPAIRS),
            filter(array(repairs.toArray(Column[]::new)), Column::isNotNull)));
    return rows.withColumns(columns);
  }

  private static Column lowerCased(List<String> allowed) {
    List<Column> entries = new ArrayList<>();
    for (String value : allowed) {
      entries.add(lit(value.toLowerCase(Locale.ROOT)));
      entries.add(lit(value));
    }
    return map(entries.toArray(Column[]::new));
  }

  @Override
  public List<String> periodColumns(List<String> header) {
    return delivered(header, "BillingPeriodStart");
  }

  @Override
  public List<String> costColumns(List<String> header) {
    return delivered(header, "BilledCost");
  }

  private static List<String> delivered(List<String> header, String column) {
    Integer position = FocusHeader.of(header).positions().get(column);
    return position == null ? List.of() : List.of(header.get(position));
  }
}
