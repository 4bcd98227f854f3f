package costlake.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.model.Graph;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night fails if two rows of a table have the same key, or if a required column of the key is
 * null.
 */
class KeysTest {
  @TempDir Path folder;
  private SparkSession spark;
  private Lake lake;
  private Graph graph;

  @BeforeEach
  void aModelWithAKeyThatIsNullInPart() {
    SmallModels models = SmallModels.below(folder, "team: string, project: string, model: string");
    spark = models.spark();
    lake = models.lake();
    models.model(
        "focus/lines",
        "select team, project, model from {{ source('bronze.bill') }}",
        """
        description: Lines
        grain: one row per team, project and model
        owner: finops
        materialized: table
        partition: {by: whole}
        key: [team, project, model]
        nullable_key: [project, model]
        columns:
          - {name: team, type: string, meaning: the team}
          - {name: project, type: string, meaning: the project}
          - {name: model, type: string, meaning: the model}
        """);
    graph = models.graph();
  }

  @Test
  void nullsInDifferentPlacesAreDifferentKeys() {
    assertThatCode(() -> night("('a', 'x', null), ('a', null, 'x'), ('a', null, null)"))
        .doesNotThrowAnyException();
  }

  @Test
  void nullsInTheSamePlaceAreOneKey() {
    refuses(
        "('a', null, 'x'), ('b', null, 'x'), ('a', null, 'x')",
        "focus.lines key is unique: 1 row, e.g. team a, project empty, model x, times 2");
  }

  @Test
  void aKeyOfValuesIsUnique() {
    refuses(
        "('a', 'x', 'y'), ('a', 'x', 'y')",
        "focus.lines key is unique: 1 row, e.g. team a, project x, model y, times 2");
  }

  @Test
  void theRestOfTheKeyIsNeverNull() {
    refuses("(null, 'x', 'y')", "focus.lines has all required values: 1 row");
  }

  @Test
  void ofManyRowsAKeyIsUniqueToo() {
    String rows = "select 't', cast(id %% %d as string), 'y' from range(60000)";
    assertThatCode(() -> nightOf(rows.formatted(60_000))).doesNotThrowAnyException();
    assertThatThrownBy(() -> nightOf(rows.formatted(59_999)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "focus.lines key is unique: 1 row, e.g. team t, project 0, model y, times 2");
  }

  private void refuses(String rows, String message) {
    assertThatThrownBy(() -> night(rows)).isInstanceOf(Failure.class).hasMessageContaining(message);
  }

  private void night(String rows) {
    nightOf(
        "select cast(team as string), cast(project as string), cast(model as string) from values "
            + rows
            + " as t(team, project, model)");
  }

  private void nightOf(String rows) {
    spark.sql(rows).toDF("team", "project", "model").createOrReplaceTempView("bronze__bill");
    try (NightStage night = lake.begin("night")) {
      Build build = new Build(spark, graph, night, Changes.all(), Progress.SILENT);
      build.models(1);
      new Audits(spark, graph, night, build, functions.lit(true), false).run(1, Progress.SILENT);
    }
  }
}
