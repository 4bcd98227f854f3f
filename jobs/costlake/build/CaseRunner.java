package costlake.build;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.land.read.ReferenceCsv;
import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.ModelCase;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Runs the test cases of models. Each case has given rows and expected rows. */
public final class CaseRunner {
  private final SparkSession spark;
  private final Graph graph;

  /** Creates a runner for a graph. The session must have the {@link Functions}. */
  public CaseRunner(SparkSession spark, Graph graph) {
    this.spark = spark;
    this.graph = graph;
  }

  /**
   * Runs one case.
   *
   * @return the differences; empty if the case passes
   */
  public Optional<String> run(Model model, ModelCase one) {
    String sql;
    Set<RelationName> reads = new TreeSet<>();
    if (one.audit() == null) {
      sql = model.render(Resolver.VIEWS);
      reads.addAll(model.models());
      reads.addAll(model.inputs());
    } else {
      Audit audit = audit(one);
      sql = audit.render(Resolver.VIEWS);
      reads.addAll(audit.reads());
    }
    bind(one, reads);
    Dataset<Row> actual = spark.sql(sql);
    return compare(one, actual.schema(), actual.collectAsList());
  }

  private Audit audit(ModelCase one) {
    String audit = Objects.requireNonNull(one.audit());
    return graph.audits().stream()
        .filter(a -> a.name().equals(audit))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.operator(
                    "Invalid case: no audit is named '%s'.%s (%s)",
                    audit,
                    Nearest.hint(audit, graph.audits().stream().map(Audit::name).toList()),
                    one.origin()));
  }

  /** Binds what is read to given rows. Given rows of what only a view reads go through the view. */
  private void bind(ModelCase one, Set<RelationName> reads) {
    Set<String> behind = new TreeSet<>();
    one.given().keySet().stream()
        .filter(given -> reads.stream().noneMatch(read -> read.toString().equals(given)))
        .forEach(behind::add);
    Set<String> names = new TreeSet<>();
    reads.forEach(relation -> bind(one, relation, behind, names));
    for (String given : behind) {
      if (!names.contains(given)) {
        throw Failure.operator(
            "Invalid case: it gives rows of '%s', which the model does not read.%s (%s)",
            given, Nearest.hint(given, names), one.origin());
      }
    }
  }

  private void bind(ModelCase one, RelationName relation, Set<String> behind, Set<String> names) {
    names.add(relation.toString());
    if (!one.given().containsKey(relation.toString()) && isView(relation, behind)) {
      Model view = graph.model(relation);
      Stream.concat(view.models().stream(), view.inputs().stream())
          .forEach(read -> bind(one, read, behind, names));
      spark.sql(view.render(Resolver.VIEWS)).createOrReplaceTempView(relation.view());
    } else {
      give(one, relation);
    }
  }

  /** Whether a relation is a view through which rows of one of these relations come. */
  private boolean isView(RelationName relation, Set<String> behind) {
    if (!graph.isModel(relation) || graph.model(relation).stored()) {
      return false;
    }
    Model view = graph.model(relation);
    return Stream.concat(view.models().stream(), view.inputs().stream())
        .anyMatch(read -> behind.contains(read.toString()) || isView(read, behind));
  }

  private void give(ModelCase one, RelationName relation) {
    List<Map<String, @Nullable Object>> given = one.given().get(relation.toString());
    List<Map<String, @Nullable Object>> rows =
        given == null ? ofProgram(relation, graph.columns(relation).keySet()) : given;
    TypedRows.of(
            spark,
            TypedRows.schema(graph.columns(relation)),
            rows,
            relation + " (" + one.origin() + ")")
        .createOrReplaceTempView(relation.view());
  }

  /** Returns the rows that the program has of a reference list; none of any other relation. */
  static List<Map<String, @Nullable Object>> ofProgram(RelationName name, Set<String> columns) {
    if (!name.namespace().equals("reference")) {
      return List.of();
    }
    return ReferenceCsv.read(name.name()).stream()
        .map(
            row -> {
              Map<String, @Nullable Object> values = new LinkedHashMap<>();
              columns.forEach(column -> values.put(column, ConfigurationViews.value(row, column)));
              return values;
            })
        .toList();
  }

  private Optional<String> compare(ModelCase one, StructType schema, List<Row> actualRows) {
    StructType named = new StructType();
    Set<String> columns = new LinkedHashSet<>();
    one.expect().forEach(row -> columns.addAll(row.keySet()));
    for (String column : columns) {
      if (List.of(schema.fieldNames()).contains(column)) {
        named = named.add(schema.apply(column));
      }
    }
    List<Row> typed =
        TypedRows.of(spark, named, one.expect(), "the result (" + one.origin() + ")")
            .collectAsList();
    List<Map<String, Object>> expected = new ArrayList<>();
    for (int i = 0; i < typed.size(); i++) {
      Map<String, Object> row = plain(typed.get(i), named);
      row.keySet().retainAll(one.expect().get(i).keySet());
      expected.add(row);
    }
    List<Map<String, Object>> actual = actualRows.stream().map(row -> plain(row, schema)).toList();
    return new RowMatch(expected, actual).difference(columns);
  }

  private static Map<String, Object> plain(Row row, StructType schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < schema.length(); i++) {
      values.put(schema.fieldNames()[i], plain(row.get(i)));
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> plain = new TreeMap<>();
      CollectionConverters.asJava(map)
          .forEach((key, item) -> plain.put(Objects.toString(key), plain(item)));
      return plain;
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<Object> plain = new ArrayList<>();
      CollectionConverters.asJava(seq).forEach(item -> plain.add(plain(item)));
      return plain;
    }
    return value;
  }
}
