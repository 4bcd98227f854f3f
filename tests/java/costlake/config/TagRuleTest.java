package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code tags.yml}. */
class TagRuleTest {
  @TempDir private Path home;

  private Config load(String rules) {
    try {
      Files.writeString(
          home.resolve("owners.yml"),
          """
          last_resort: {team: platform}
          teams:
            - {id: search, name: Search}
            - {id: platform, name: Platform, cost_centre: '4600'}
          groups:
            - {id: project.ranker}
          tags:
            keys:
              team: [Team, owner]
              environment: [env]
            values:
              environment: {prd: prod, Production: prod, tst: test}
          rules:
            - {id: net, kind: account, where: {SubAccountId: '1'}, assign: {team: platform, project: net, environment: dev}}
          """);
      Files.writeString(home.resolve("tags.yml"), "tag_rules:\n" + rules);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Config.load(home, null, Map.of());
  }

  private List<List<@Nullable Object>> table(String name, String rules) {
    return ConfTables.of(load(rules)).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void thereIsNoneByDefault() {
    assertThat(Config.defaults(home).tagRules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key: team, known: teams               | [platform, search]",
        "key: cost-centre, known: cost_centres | [4600]",
        "key: project, known: projects         | [net, ranker]",
        "key: environment, known: environments | [dev, prod, test]",
        "key: tier, values: [gold, basic]      | [basic, gold]",
        "key: tier                             |",
        "key: tier, pattern: '[a-z]+'          |"
      })
  void allowsWhatIsListedOrKnown(String rule, @Nullable String allowed) {
    Object found = table("conf.tag_rules", "  - {id: t, %s}".formatted(rule)).get(0).get(2);
    assertThat(found == null ? null : found.toString()).isEqualTo(allowed);
  }

  @Test
  void readsScopeTimeAndMinimum() {
    String rules =
        """
          - {id: old, key: team, where: {ServiceName: S3, team: search}, to: 2026-09-01}
          - {id: new, key: team, pattern: 'x.*', where: {ServiceName: S3, team: search}, from: 2026-09-01, minimum: 97.5}
          - {id: centre, key: team, cost_centre: '4600'}
        """;
    assertThat(table("conf.tag_rules", rules))
        .containsExactly(
            row(
                "old",
                "team",
                null,
                null,
                "filter",
                null,
                Map.of("ServiceName", "S3", "team", "search"),
                null,
                Date.valueOf("2026-09-01")),
            row(
                "new",
                "team",
                null,
                "x.*",
                "filter",
                null,
                Map.of("ServiceName", "S3", "team", "search"),
                Date.valueOf("2026-09-01"),
                null),
            row("centre", "team", null, null, "cost_centre", "4600", Map.of(), null, null));
    assertThat(table("conf.tag_targets", rules))
        .containsExactly(
            row("old", "team", null),
            row("new", "team", new BigDecimal("97.500")),
            row("centre", "team", null));
    assertThat(ConfTables.file("conf.tag_rules")).isEqualTo("tags.yml");
  }

  /** What a person writes by mistake, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id: T, key: team | tags.yml:2: 'T' must be lower-case letters, digits, - or _",
        "id: t | tags.yml:2: key 'tag_rules[0].key' is required",
        "id: t, key: 'team ' | 'tag_rules[0].key' is 'team '. Remove the blanks",
        "id: t, key: owner | 'tag_rules[0].key' is 'owner', which owners.yml has as a spelling of"
            + " 'team'. Write team",
        "id: t, key: team, known: teams, values: [a] | tag rule 't' needs only one of values, pattern"
            + " and known",
        "id: t, key: team, known: team | 'tag_rules[0].known' cannot be 'team'. Did you mean 'teams'?",
        "id: t, key: env-x, values: [prod, prod] | 'tag_rules[0].values[1]' is 'prod', which is listed"
            + " above",
        "id: t, key: env-x, values: ['prod '] | 'tag_rules[0].values[0]' is 'prod '. Remove the"
            + " blanks",
        "id: t, key: env-x, values: ['-'] | 'tag_rules[0].values[0]' is '-'. Write a value with a"
            + " letter or digit",
        "id: t, key: environment, values: [prd] | 'tag_rules[0].values[0]' is 'prd', which means"
            + " 'prod' in owners.yml. Write prod",
        "id: t, key: team, pattern: '[a' | 'tag_rules[0].pattern' is '[a', which is not a regular"
            + " expression: Unclosed character class",
        "id: t, key: team, where: {ServiceNam: x} | 'tag_rules[0].where' has a condition on"
            + " 'ServiceNam', which is not a valid key. Did you mean 'ServiceName'?",
        "id: t, key: team, where: {team: serach} | 'tag_rules[0].where.team' is 'serach', which no"
            + " team in owners.yml has. Did you mean 'search'?",
        "id: t, key: team, cost_centre: '460' | 'tag_rules[0].cost_centre' is '460', which no team in"
            + " owners.yml has. Did you mean '4600'?",
        "id: t, key: team, from: 2026-09-01, to: 2026-09-01 | 'tag_rules[0].to' is 2026-09-01, not"
            + " after from",
        "id: t, key: team, minimum: 0 | 'tag_rules[0].minimum' is 0. Write a percentage",
        "id: t, key: team, minimum: 100.5 | 'tag_rules[0].minimum' is 100.5. Write a percentage",
        "id: t, key: team, minimum: 95.1234 | 'tag_rules[0].minimum' is 95.1234. Write a percentage"
      })
  void saysWhatIsWrongWithARule(String rule, String message) {
    assertThatThrownBy(() -> load("  - {%s}".formatted(rule)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatNobodyNamesIsNotKnown() throws IOException {
    Files.writeString(
        home.resolve("tags.yml"),
        """
        tag_rules:
          - {id: t, key: team, known: teams}
          - {id: p, key: project, known: projects}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "'tag_rules[0].known' is teams, but owners.yml names none. Add them there, or write"
                + " values")
        .hasMessageContaining("'tag_rules[1].known' is projects");
  }

  @Test
  void twoRulesOfOneTagMayNotJudgeTheSameChargesAtTheSameTime() {
    assertThatThrownBy(
            () ->
                load(
                    """
                      - {id: a, key: team, where: {ServiceName: S3}, to: 2026-09-02}
                      - {id: a, key: team, where: {ServiceName: S3}, from: 2026-09-01}
                      - {id: other, key: team, where: {ServiceName: EC2}}
                    """))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("2 problems")
        .hasMessageContaining("tags.yml:3: id 'a' is used twice in tag_rules. Rename one of them")
        .hasMessageContaining(
            "tags.yml:3: tag rule 'a' requires the tag 'team' of the charges of rule 'a', at the same"
                + " time. Remove one, or end the earlier one with to");
  }
}
