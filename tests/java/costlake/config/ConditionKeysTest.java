package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionKeysTest {
  private static final Pattern MAP =
      Pattern.compile("map\\(\\s+'(.+?)'team_is_known'", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("'(\\w+)',");
  private static final Pattern ARM = Pattern.compile("when '(\\w+)' then");

  @Test
  void keysOfChargesAreTheColumnsOfTheModel() throws IOException {
    assertThat(keys("owned_charges")).isEqualTo(ConditionKeys.CHARGES);
  }

  @Test
  void keysOfWorkloadsAreTheColumnsOfTheModel() throws IOException {
    assertThat(keys("workload_owners")).isEqualTo(ConditionKeys.WORKLOADS);
  }

  @Test
  void keysOfJobsAreTheColumnsOfTheModel() throws IOException {
    String model = Files.readString(Path.of("models/telemetry/intervals.sql"));
    String facts = model.substring(model.indexOf("first_rule("), model.indexOf("as rule"));
    assertThat(KEY.matcher(facts).results().map(key -> key.group(1)))
        .containsExactlyElementsOf(ConditionKeys.JOBS);
  }

  @Test
  void documentationNamesAllKeys() throws IOException {
    String docs = Files.readString(Path.of("docs/configuration.md"));
    String section = docs.substring(docs.indexOf("## Conditions"));
    assertThat(Stream.of(ConditionKeys.ALL, ConditionKeys.ENDPOINTS).flatMap(List::stream))
        .allSatisfy(key -> assertThat(section).contains("`" + key + "`"));
  }

  /** If the model had no units for a driver, every night with a pool of this driver would fail. */
  @Test
  void modelHasUnitsForEveryDriver() throws IOException {
    String model = Files.readString(Path.of("models/allocation/pool_units.sql"));
    String arms = model.substring(model.indexOf("case driver"), model.indexOf("else raise_error"));
    assertThat(ARM.matcher(arms).results().map(arm -> arm.group(1)))
        .containsExactlyElementsOf(
            Stream.of(Allocation.Driver.values()).map(EnumNames::of).toList());
  }

  private static List<String> keys(String model) throws IOException {
    Matcher map = MAP.matcher(Files.readString(Path.of("models/allocation", model + ".sql")));
    assertThat(map.find()).isTrue();
    Stream<MatchResult> keys = KEY.matcher("'" + map.group(1)).results();
    return keys.map(key -> key.group(1)).toList();
  }
}
