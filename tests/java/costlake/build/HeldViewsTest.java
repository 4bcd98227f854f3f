package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.TableName;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view that two models read is computed once in a night, unless it has many rows. */
class HeldViewsTest {
  private static final String COLUMNS =
      """
      columns:
        - {name: id, type: string, meaning: the id}
        - {name: draw, type: string, meaning: another text whenever it is computed}
      """;
  private static final String TABLE =
      """
      description: Lines
      grain: one row per line
      owner: finops
      materialized: table
      partition: {by: whole}
      """;

  private static final AtomicInteger DRAWS = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void readersOfASmallViewSeeTheSameRows() {
    assertThat(draws("select 'a' as id").distinct()).hasSize(1);
  }

  @Test
  void aViewWithManyRowsIsComputedForEachReader() {
    assertThat(draws("select cast(id as string) as id from range(60000)").distinct()).hasSize(2);
  }

  private Stream<String> draws(String bill) {
    SmallModels models = SmallModels.below(folder, "id: string");
    models.model(
        "focus/drawn",
        "select id, draw() as draw from {{ source('bronze.bill') }}",
        "description: Drawn\ngrain: one row per line\nowner: finops\nmaterialized: view\n"
            + COLUMNS);
    String sql = "select id, draw from {{ ref('focus.drawn') }}";
    models.model("focus/one", sql, TABLE + COLUMNS);
    models.model("focus/two", sql, TABLE + COLUMNS);
    models.spark().sql(bill).createOrReplaceTempView("bronze__bill");
    UDF0<String> draw = () -> Integer.toString(DRAWS.incrementAndGet());
    models
        .spark()
        .udf()
        .register("draw", functions.udf(draw, DataTypes.StringType).asNondeterministic());
    try (NightStage night = models.lake().begin("night")) {
      new Build(models.spark(), models.graph(), night, Changes.all(), Progress.SILENT).models(2);
      return Stream.of(draw(night, "focus.one"), draw(night, "focus.two"));
    }
  }

  private static String draw(NightStage night, String table) {
    return night.read(TableName.parse(table)).orderBy("id").first().getString(1);
  }
}
