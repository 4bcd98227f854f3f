package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the cases of every model. {@code -Dmodels=allocation.pool} runs only the cases of the models
 * whose name begins with {@code allocation.pool}.
 */
class ModelCasesTest {
  private static final String WANTED = System.getProperty("models", "");

  @TestFactory
  List<DynamicNode> cases() {
    Graph graph = Models.below(Path.of(".")).compile();
    SparkSession spark = SparkHarness.spark();
    Functions.register(spark);
    CaseRunner runner = new CaseRunner(spark, graph);
    List<Model> models =
        graph.order().stream().filter(m -> m.name().toString().startsWith(WANTED)).toList();
    assertThat(models).isNotEmpty();
    return models.stream().map(model -> container(runner, model)).toList();
  }

  private static DynamicNode container(CaseRunner runner, Model model) {
    assertThat(model.cases()).as(model.name().toString()).isNotEmpty();
    return dynamicContainer(
        model.name().toString(),
        model.cases().stream()
            .map(
                one ->
                    dynamicTest(
                        one.name(),
                        () ->
                            assertThat(runner.run(model, one))
                                .as("%s (%s)", one.name(), one.origin())
                                .isEmpty())));
  }
}
