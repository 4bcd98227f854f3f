package costlake.assist;

import static costlake.assist.JsonValues.ordered;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.model.Contract;
import costlake.model.Model;
import costlake.model.Models;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Lists the tables that a user may query, or the columns of one of them. */
final class TablesTool implements Tool {
  private final Map<String, Contract> contracts =
      Models.embedded().compile().order().stream()
          .collect(Collectors.toMap(model -> model.name().toString(), Model::contract));

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public String description() {
    return "Lists the tables that you can query, each with its description and what one row is."
        + " With the name of a table, lists its columns with type, unit and meaning, and its key."
        + " Call it before you write a query.";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of(
        "table", Schemas.text("Name of a table, e.g. reporting.statements, to list its columns"));
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    Map<String, StructType> tables = call.tables();
    Optional<String> wanted = arguments.text("table").map(name -> name.toLowerCase(Locale.ROOT));
    return wanted
        .map(name -> columns(name, tables))
        .orElseGet(
            () -> ordered("tables", tables.keySet().stream().sorted().map(this::about).toList()));
  }

  private Map<String, Object> about(String table) {
    Contract contract = contracts.get(table);
    return contract == null
        ? ordered("table", table)
        : ordered("table", table, "description", contract.description(), "grain", contract.grain());
  }

  private Map<String, Object> columns(String table, Map<String, StructType> tables) {
    StructType columns = tables.get(table);
    if (columns == null) {
      throw Failure.operator(
          "Cannot find the table '%s'.%s The tool tables without an argument lists the tables",
          table, Nearest.hint(table, tables.keySet()));
    }
    Contract contract = contracts.get(table);
    Map<String, Object> answer = about(table);
    answer.put("key", contract == null ? List.of() : contract.key());
    answer.put(
        "columns",
        Stream.of(columns.fields())
            .map(field -> column(field, declared(contract, field)))
            .toList());
    return answer;
  }

  private static Contract.@Nullable Column declared(
      @Nullable Contract contract, StructField field) {
    return contract == null
        ? null
        : contract.columns().stream()
            .filter(column -> column.name().equals(field.name()))
            .findFirst()
            .orElse(null);
  }

  private static Map<String, Object> column(StructField field, Contract.@Nullable Column declared) {
    Map<String, Object> column =
        ordered("name", field.name(), "type", field.dataType().simpleString());
    if (declared != null) {
      column.put("meaning", declared.meaning());
      column.put("unit", declared.unit());
    }
    return column;
  }
}
