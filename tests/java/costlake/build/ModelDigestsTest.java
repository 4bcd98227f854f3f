package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which edits of a model make its published rows out of date. */
class ModelDigestsTest {
  private static final String LINES_SQL =
      "select id, cost -- as billed\nfrom {{ source('bronze.bill') }}\nwhere note <> '  -- free '\n";
  private static final String CONTRACT =
      """
      description: Lines
      grain: one row per line
      owner: finops
      columns:
        - {name: id, type: string, meaning: the id}
        - {name: cost, type: 'decimal(38,2)', meaning: the cost}
      """;

  @TempDir Path folder;
  private SmallModels models;

  @BeforeEach
  void twoModels() {
    models = SmallModels.below(folder, "id: string, cost: 'decimal(38,2)', note: string");
    models.model("focus/lines", LINES_SQL, CONTRACT);
    models.model("allocation/owned", "select id, cost from {{ ref('focus.lines') }}", CONTRACT);
  }

  @Test
  void wordingAndLayoutChangeNothing() {
    assertThat(
            changedBy(
                LINES_SQL.replace("-- as billed", "/* in the currency of the bill */\n\n  "),
                "# a file that begins one line later\n"
                    + CONTRACT
                        .replace("description: Lines", "description: Charges")
                        .replace("the cost", "the billed cost")
                        .replace("owner: finops", "owner: platform")))
        .isEmpty();
  }

  @Test
  void aChangedQueryChangesItsModelAlone() {
    assertThat(changedBy(LINES_SQL.replace("id, cost", "upper(id) as id, cost"), CONTRACT))
        .containsExactly("focus.lines");
  }

  @Test
  void whiteSpaceAndDashesInATextCount() {
    assertThat(changedBy(LINES_SQL.replace("'  --", "' --"), CONTRACT))
        .containsExactly("focus.lines");
    assertThat(changedBy(LINES_SQL.replace("-- free", "-- paid"), CONTRACT))
        .containsExactly("focus.lines");
  }

  @Test
  void typesPromisesAndWindowsCount() {
    for (String contract :
        List.of(
            CONTRACT.replace("decimal(38,2)", "decimal(38,4)"),
            CONTRACT.replace("{name: id,", "{name: id, nullable: false,"),
            CONTRACT + "key: [id]\n",
            CONTRACT + "reads: {bronze.bill: all}\n",
            CONTRACT + "carries: id\n")) {
      assertThat(changedBy(LINES_SQL, contract)).as(contract).containsExactly("focus.lines");
    }
  }

  @Test
  void aMacroChangesTheModelsThatUseIt() {
    models.write("models/macros/ids.sql", "{% macro id_of() %}id{% endmacro %}\n");
    models.model(
        "allocation/owned",
        "{% import \"macros/ids.sql\" %}select {{ id_of() }}, cost from {{ ref('focus.lines') }}",
        CONTRACT);
    Graph before = models.graph();
    models.write("models/macros/ids.sql", "{% macro id_of() %}lower(id) as id{% endmacro %}\n");
    assertThat(differing(before, models.graph())).containsExactly("allocation.owned");
  }

  @Test
  void anotherKindOfSourceChangesNoModel() {
    List<SourceKind> one = SourceKinds.active(Set.of("focus"));
    Map<RelationName, String> ofOne = ModelDigests.of(Models.embedded(one).compile());
    Map<RelationName, String> ofAll = ModelDigests.of(Models.embedded().compile());
    assertThat(ofOne).hasSizeGreaterThan(40).hasSizeLessThan(ofAll.size());
    assertThat(ofAll).containsAllEntriesOf(ofOne);
  }

  /** Two queries that a scan by words takes for the same, and Spark's parser does not. */
  @Test
  void tellsAnExponentFromASubtraction() {
    assertThat(ModelDigests.words("select 1e-5")).isNotEqualTo(ModelDigests.words("select 1e - 5"));
  }

  private Set<String> changedBy(String sql, String contract) {
    Graph before = models.graph();
    models.model("focus/lines", sql, contract);
    Set<String> differing = differing(before, models.graph());
    models.model("focus/lines", LINES_SQL, CONTRACT);
    return differing;
  }

  private static Set<String> differing(Graph before, Graph after) {
    Map<RelationName, String> old = ModelDigests.of(before);
    Map<RelationName, String> now = ModelDigests.of(after);
    assertThat(now).containsOnlyKeys(old.keySet());
    Set<String> differing = new TreeSet<>();
    now.forEach(
        (name, digest) -> {
          if (!digest.equals(old.get(name))) {
            differing.add(name.toString());
          }
        });
    return differing;
  }
}
