package costlake.serve;

import costlake.core.BuildVersion;
import costlake.model.Contract;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedCaseSensitivity;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlSupportedTransaction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.jspecify.annotations.Nullable;

/** Answers the metadata calls of BI tools: catalogs, schemas, tables, columns, types, keys. */
final class FlightMetadata {
  private static final String TABLE = "TABLE";
  private static final int NULLABLE = 1;
  private static final int SEARCHABLE = 3;

  /**
   * A data type in the type information for clients. {@code quote} is the quotation mark around
   * literals of the type.
   */
  private record Type(String name, int jdbc, @Nullable Integer size, @Nullable String quote) {}

  private static final List<Type> TYPES =
      List.of(
          new Type("BOOLEAN", Types.BOOLEAN, 1, null),
          new Type("INTEGER", Types.INTEGER, 10, null),
          new Type("BIGINT", Types.BIGINT, 19, null),
          new Type("DECIMAL", Types.DECIMAL, 38, null),
          new Type("DOUBLE", Types.DOUBLE, 15, null),
          new Type("VARCHAR", Types.VARCHAR, null, "'"),
          new Type("DATE", Types.DATE, 10, "'"),
          new Type("TIMESTAMP", Types.TIMESTAMP, 26, "'"));

  private final BufferAllocator allocator;
  private final Map<String, Contract> contracts;
  private final SqlInfoBuilder info;

  FlightMetadata(BufferAllocator allocator, int queryMaxS) {
    this.allocator = allocator;
    this.contracts =
        Models.embedded().compile().order().stream()
            .filter(model -> SecuredCatalog.offers(model.name().toString()))
            .collect(Collectors.toMap(model -> model.name().toString(), Model::contract));
    this.info =
        new SqlInfoBuilder()
            .withFlightSqlServerName("Costlake")
            .withFlightSqlServerVersion(BuildVersion.text())
            .withFlightSqlServerArrowVersion("18.3.0")
            .withFlightSqlServerSql(true)
            .withFlightSqlServerSubstrait(false)
            .withFlightSqlServerReadOnly(true)
            .withFlightSqlServerTransaction(SqlSupportedTransaction.SQL_SUPPORTED_TRANSACTION_NONE)
            .withFlightSqlServerCancel(true)
            .withFlightSqlServerBulkIngestion(false)
            .withFlightSqlServerStatementTimeout(Math.multiplyExact(queryMaxS, 1000))
            .withSqlIdentifierQuoteChar("\"")
            .withSqlSearchStringEscape("\\")
            .withSqlCatalogTerm("catalog")
            .withSqlSchemaTerm("schema")
            .withSqlCatalogAtStart(true)
            .withSqlDdlCatalog(false)
            .withSqlDdlSchema(false)
            .withSqlDdlTable(false)
            .withSqlIdentifierCase(
                SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE)
            .withSqlQuotedIdentifierCase(
                SqlSupportedCaseSensitivity.SQL_CASE_SENSITIVITY_CASE_INSENSITIVE)
            .withSqlAllTablesAreSelectable(true)
            .withSqlTransactionsSupported(false)
            .withSqlCorrelatedSubqueriesSupported(true)
            .withSqlSupportsColumnAliasing(true)
            .withSqlSupportsTableCorrelationNames(true)
            .withSqlSupportsExpressionsInOrderBy(true)
            .withSqlSupportsOrderByUnrelated(true)
            .withSqlNullPlusNullIsNull(true);
  }

  void sqlInfo(List<Integer> wanted, ServerStreamListener listener) {
    info.send(wanted, listener);
  }

  void types(CommandGetXdbcTypeInfo command, ServerStreamListener listener) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Type type : TYPES) {
      if (!command.hasDataType() || command.getDataType() == type.jdbc()) {
        Map<String, Object> row = new java.util.HashMap<>();
        row.put("type_name", type.name());
        row.put("data_type", type.jdbc());
        row.put("column_size", type.size());
        row.put("literal_prefix", type.quote());
        row.put("literal_suffix", type.quote());
        row.put("nullable", NULLABLE);
        row.put("case_sensitive", true);
        row.put("searchable", SEARCHABLE);
        row.put("sql_data_type", type.jdbc());
        rows.add(row);
      }
    }
    send(Schemas.GET_TYPE_INFO_SCHEMA, rows, listener);
  }

  void catalogs(ServerStreamListener listener) {
    send(
        Schemas.GET_CATALOGS_SCHEMA,
        List.of(Map.of("catalog_name", SecuredCatalog.NAME)),
        listener);
  }

  void schemas(CommandGetDbSchemas command, ServerStreamListener listener) {
    boolean ours = isOurs(command.hasCatalog(), command.getCatalog());
    Predicate<String> wanted =
        like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    send(
        Schemas.GET_SCHEMAS_SCHEMA,
        SecuredCatalog.NAMESPACES.stream()
            .filter(namespace -> ours && wanted.test(namespace))
            .sorted()
            .map(FlightMetadata::schema)
            .toList(),
        listener);
  }

  private static Map<String, Object> schema(String namespace) {
    return Map.of("catalog_name", SecuredCatalog.NAME, "db_schema_name", namespace);
  }

  void tableTypes(ServerStreamListener listener) {
    send(Schemas.GET_TABLE_TYPES_SCHEMA, List.of(Map.of("table_type", TABLE)), listener);
  }

  void tables(
      Map<String, StructType> tables, CommandGetTables command, ServerStreamListener listener) {
    List<Map<String, Object>> rows = new ArrayList<>();
    boolean ours =
        isOurs(command.hasCatalog(), command.getCatalog())
            && (command.getTableTypesCount() == 0 || command.getTableTypesList().contains(TABLE));
    Predicate<String> schemas =
        like(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    Predicate<String> names =
        like(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
    tables.forEach(
        (table, columns) -> {
          RelationName name = RelationName.parse(table);
          if (ours && schemas.test(name.namespace()) && names.test(name.name())) {
            rows.add(table(name, columns));
          }
        });
    send(
        command.getIncludeSchema()
            ? Schemas.GET_TABLES_SCHEMA
            : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA,
        rows,
        listener);
  }

  private Map<String, Object> table(RelationName name, StructType columns) {
    return Map.of(
        "catalog_name",
        SecuredCatalog.NAME,
        "db_schema_name",
        name.namespace(),
        "table_name",
        name.name(),
        "table_type",
        TABLE,
        "table_schema",
        Endpoint.schemaBytes(schema(name, columns)));
  }

  private Schema schema(RelationName name, StructType table) {
    List<Field> fields = new ArrayList<>();
    for (StructField column : table.fields()) {
      DataType type = Query.readable(column.dataType());
      Field field = ArrowUtils.toArrowField(column.name(), type, column.nullable(), "UTC", false);
      FlightSqlColumnMetadata.Builder about =
          new FlightSqlColumnMetadata.Builder()
              .catalogName(SecuredCatalog.NAME)
              .schemaName(name.namespace())
              .tableName(name.name())
              .typeName(type.sql())
              .isReadOnly(true)
              .isSearchable(true);
      remarks(name.toString(), column.name(), about);
      if (type instanceof org.apache.spark.sql.types.DecimalType decimal) {
        about.precision(decimal.precision()).scale(decimal.scale());
      }
      fields.add(
          new Field(
              field.getName(),
              new FieldType(
                  field.isNullable(), field.getType(), null, about.build().getMetadataMap()),
              field.getChildren()));
    }
    return new Schema(fields);
  }

  private void remarks(String table, String name, FlightSqlColumnMetadata.Builder about) {
    Contract contract = contracts.get(table);
    if (contract != null) {
      contract.columns().stream()
          .filter(column -> column.name().equals(name))
          .findFirst()
          .ifPresent(
              column ->
                  about.remarks(
                      column.unit() == null
                          ? column.meaning()
                          : column.meaning() + " [" + column.unit() + "]"));
    }
  }

  void keys(Set<String> tables, CommandGetPrimaryKeys command, ServerStreamListener listener) {
    List<Map<String, Object>> rows = new ArrayList<>();
    String schema =
        command.hasDbSchema() ? command.getDbSchema() : SecuredCatalog.DEFAULT_NAMESPACE;
    String table = schema + "." + command.getTable();
    Contract contract = contracts.get(table);
    if (isOurs(command.hasCatalog(), command.getCatalog())
        && contract != null
        && tables.contains(table)) {
      for (int i = 0; i < contract.key().size(); i++) {
        rows.add(
            Map.of(
                "catalog_name",
                SecuredCatalog.NAME,
                "db_schema_name",
                schema,
                "table_name",
                command.getTable(),
                "column_name",
                contract.key().get(i),
                "key_sequence",
                i + 1,
                "key_name",
                command.getTable() + "_key"));
      }
    }
    send(Schemas.GET_PRIMARY_KEYS_SCHEMA, rows, listener);
  }

  void noRows(Schema schema, ServerStreamListener listener) {
    send(schema, List.of(), listener);
  }

  private static boolean isOurs(boolean asked, String catalog) {
    return !asked || catalog.isEmpty() || catalog.equals(SecuredCatalog.NAME);
  }

  /**
   * Returns a condition for a pattern of SQL's {@code like}: % matches any text, _ matches any
   * character, and a backslash before a character matches this character. If the client sent no
   * pattern ({@code asked} is false), every name matches.
   */
  private static Predicate<String> like(boolean asked, String pattern) {
    if (!asked) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString()).asMatchPredicate();
  }

  private void send(Schema schema, List<Map<String, Object>> rows, ServerStreamListener listener) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      root.allocateNew();
      for (int i = 0; i < rows.size(); i++) {
        for (FieldVector vector : root.getFieldVectors()) {
          set(vector, i, rows.get(i).get(vector.getName()));
        }
      }
      root.setRowCount(rows.size());
      listener.start(root);
      listener.putNext();
      listener.completed();
    }
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else if (vector instanceof BitVector bit) {
      bit.setSafe(row, (boolean) value ? 1 : 0);
    } else if (vector instanceof BaseIntVector whole) {
      whole.setWithPossibleTruncate(row, ((Number) value).longValue());
    }
  }
}
