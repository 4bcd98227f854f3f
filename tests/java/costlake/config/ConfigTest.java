package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  @TempDir Path home;

  @Test
  void everyDefaultIsEmbedded() {
    Config config = Config.defaults(home);
    assertThat(config.company())
        .isEqualTo(new IssuingCompany("Example Company", "finops@example.com", "USD"));
    assertThat(config.lake().format()).isEqualTo(LakeConfig.Format.ICEBERG);
    assertThat(config.lake().catalog())
        .isEqualTo(
            new LakeConfig.Catalog("lake", LakeConfig.CatalogType.JDBC, null, null, Map.of()));
    assertThat(config.spark()).isEqualTo(new SparkConfig("local[*]", Map.of()));
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                new BigDecimal("0.001"),
                new BigDecimal("0.001"),
                new BigDecimal("0.5"),
                16,
                Limits.Duplicates.REFUSE,
                Limits.DuplicateRows.BY_IDENTITY,
                new BigDecimal("0.05"),
                new BigDecimal("0.2"),
                new BigDecimal("500")));
    assertThat(config.maintenance()).isEqualTo(new MaintenanceConfig(30, 32, 3));
    assertThat(config.statement().months()).isEqualTo(13);
    assertThat(config.sources()).isEmpty();
    assertThat(config.owners().rules()).hasSize(1);
  }

  @Test
  void relativePathsStartAtTheFolder() {
    assertThat(Config.defaults(home).lake().root()).isEqualTo(home.resolve("lake").toString());
  }

  @Test
  void laterValuesReplaceEarlierValues() throws IOException {
    write("costlake.yml", "lake:\n  format: delta\ncompany:\n  name: Acme\n");
    write("env/prod.yml", "company:\n  name: Acme Prod\n  currency: EUR\n");
    Config config = Config.load(home, "prod", Map.of("company.currency", "CHF"));
    assertThat(config.company())
        .isEqualTo(new IssuingCompany("Acme Prod", "finops@example.com", "CHF"));
    assertThat(config.lake().format()).isEqualTo(LakeConfig.Format.DELTA);
    assertThat(Config.settings(home, "prod", Map.of("company.currency", "CHF")).lines())
        .contains(
            "company.currency = CHF  # --set company.currency",
            "company.name = Acme Prod  # " + home.resolve("env/prod.yml") + ":2",
            "company.contact = finops@example.com  # default costlake.yml:6");
  }

  @Test
  void reportsEveryProblemAtOnceWithItsLine() throws IOException {
    write("costlake.yml", "lake:\n  formt: delta\nlimits:\n  lost_rows_ratio_max: much\n");
    write("sources.yml", "sources:\n  - id: a\n    kind: aws-curr\n    location: x\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("3 problems")
        .hasMessageContaining("costlake.yml:2: unknown key 'lake.formt'. Did you mean 'format'?")
        .hasMessageContaining(
            "costlake.yml:4: 'limits.lost_rows_ratio_max' cannot be 'much': write a number")
        .hasMessageContaining(
            "sources.yml:3: 'sources[0].kind' cannot be 'aws-curr'. Did you mean 'aws-cur'?");
  }

  @Test
  void aZoneExistsAndBelongsToAKindWhoseTimesMayBeLocal() throws IOException {
    write(
        "sources.yml",
        """
        sources:
          - {id: a, kind: slurm, location: x, zone: Europe/Berlin}
          - {id: b, kind: slurm, location: y, zone: Europe/Berln}
          - {id: c, kind: aws-cur, location: z, zone: UTC}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("2 problems")
        .hasMessageContaining(
            "sources.yml:3: 'sources[1].zone' cannot be 'Europe/Berln': write a zone such as"
                + " Europe/Paris or UTC")
        .hasMessageContaining(
            "sources.yml:4: 'sources[2]': source 'c': its kind aws-cur has no local times. Remove"
                + " zone; kinds with a zone are gateway, slurm");
  }

  @Test
  void membersHaveExistingTeamsAndFinanceHasNone() throws IOException {
    write(
        "owners.yml",
        """
        last_resort: {team: search}
        teams:
          - {id: search, name: Search}
        members:
          - {user: ines, role: member, teams: [serach]}
          - {user: ines, role: finance}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("owners.yml:5: 'members[0].teams' names team 'serach'")
        .hasMessageContaining("owners.yml:6: user 'ines' is used twice in members");
    write(
        "owners.yml",
        """
        last_resort: {team: search}
        teams:
          - {id: search, name: Search}
        members:
          - {user: otto, role: lead}
          - {user: finn, role: finance, teams: [search]}
          - {user: "a:b", role: finance}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("user 'otto' of role lead needs teams")
        .hasMessageContaining("user 'finn' of role finance needs no teams")
        .hasMessageContaining("user 'a:b' must be letters");
  }

  @Test
  void refusesAnUnknownTeam() throws IOException {
    write(
        "owners.yml",
        "last_resort: {team: platfrom}\nteams:\n  - {id: platform, name: Platform}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("owners.yml:1: 'last_resort.team' names team 'platfrom'")
        .hasMessageContaining("Did you mean 'platform'?");
  }

  @Test
  void refusesRecipientsThatAreNotAddresses() throws IOException {
    write(
        "owners.yml",
        """
        last_resort: {team: a}
        teams:
          - {id: a, name: A, email: ["a@example.com\\nBcc: all@example.com"]}
          - {id: b, name: B, email: ['B <b@example.com>']}
          - {id: c, name: C, email: [c@example.com], cc: ['c@', 'd@example.com']}
          - {id: d, name: D, email: [e@example.com], language: '?'}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("4 problems")
        .hasMessageContaining(
            "owners.yml:3: 'teams[0]': 'a@example.com\\nBcc: all@example.com' is not a mail address")
        .hasMessageContaining("owners.yml:4: 'teams[1]': 'B <b@example.com>' is not a mail address")
        .hasMessageContaining("owners.yml:5: 'teams[2]': 'c@' is not a mail address")
        .hasMessageContaining("owners.yml:6: 'teams[3]': locale '?' is not a tag such as en-US");
  }

  @Test
  void recipientOfTwoTeamsMustBeASharedRecipient() throws IOException {
    String teams =
        """
        last_resort: {team: a}
        teams:
          - {id: a, name: A, email: [boss@example.com, boss@example.com]}
          - {id: b, name: B, email: [b@example.com], cc: [Boss@example.com]}
        """;
    write("owners.yml", teams);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("1 problem")
        .hasMessageContaining(
            "owners.yml:4: 'Boss@example.com' is a recipient of team 'a' and of team 'b'. If this"
                + " person may see both statements, add the address to shared_recipients");
    write("owners.yml", teams + "shared_recipients: [boss@example.com]\n");
    assertThat(Config.load(home, null, Map.of()).owners().receiver("b").orElseThrow().recipients())
        .containsExactly("b@example.com", "Boss@example.com");
  }

  @Test
  void groupsAreTheCostCentresOfTeamsTheCompanyAndProjects() throws IOException {
    String owners =
        """
        last_resort: {team: a}
        teams: [{id: a, name: A, cost_centre: '4410', language: de}]
        groups:
          - {id: company.all, email: [cfo@example.com], language: de-DE}
          - {id: centre.4410, reporting_currency: EUR}
          - {id: project.ranker-v2, name: Ranker}
        """;
    write("owners.yml", owners + "  - {id: centre.441, name: Typo}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("1 problem")
        .hasMessageContaining(
            "owners.yml:7: 'centre.441' is not the id of a cost centre, of the company or of a"
                + " project. Did you mean 'centre.4410'? Valid ids: company.all, centre.4410, and"
                + " project.NAME");
    write("owners.yml", owners + "  - {id: project.Search/Ranking, name: Slash}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("'project.Search/Ranking' is not the id of");
    write("owners.yml", owners + "  - {id: company.all}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("owners.yml:7: id 'company.all' is used twice in groups");
    write("owners.yml", owners);
    Config config = Config.load(home, null, Map.of());
    assertThat(config.locale("company.all")).isEqualTo(Locale.GERMANY);
    assertThat(config.locale("centre.4410")).isEqualTo(Locale.US);
    assertThat(config.owners().groups())
        .extracting(Owners.Group::noMail)
        .containsExactly(false, true, true);
  }

  @Test
  void refusesALakeThatIsNotOnADiskAndACatalogWithoutAnAddress() throws IOException {
    write("costlake.yml", "lake: {root: 's3://bucket/lake'}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("root 's3://bucket/lake' must be a folder on a disk")
        .hasMessageContaining("set catalog.warehouse");
    write("costlake.yml", "lake: {catalog: {type: rest}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("type rest needs uri");
    write("costlake.yml", "lake: {catalog: {type: glue}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("type glue needs warehouse");
    write("costlake.yml", "lake: {catalog: {type: hive}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("'lake.catalog.type' cannot be 'hive'");
  }

  @Test
  void refusesMailThatCannotWork() throws IOException {
    write("costlake.yml", "mail: {transport: smtp, attempts_max: 4}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("'mail': transport smtp needs smtp.host");
    write(
        "costlake.yml",
        "mail: {smtp: {host: mx.example.com, security: none, user: u, password: '${PATH}'}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("security none would send the password unencrypted");
    write("costlake.yml", "mail: {smtp: {host: mx.example.com, user: u, password: secret}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("'password' looks like a secret");
  }

  @Test
  void labelsOfWorkloadsAreNamedAsPrometheusNamesThem() throws IOException {
    write("owners.yml", "tags: {labels: {run: [example.com/run-id, run]}}\n");
    assertThat(
            ConfTables.of(Config.load(home, null, Map.of())).stream()
                .filter(table -> table.name().equals("conf.workload_labels"))
                .flatMap(table -> table.rows().stream())
                .filter(row -> List.of("run", "retry").contains(row.get(0))))
        .containsExactly(
            List.of("retry", "jobset_sigs_k8s_io_restart_attempt", 0),
            List.of("run", "example_com_run_id", 0),
            List.of("run", "run", 1));
    write("owners.yml", "tags: {labels: {experimnt: [exp]}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("labels cannot name 'experimnt'. Did you mean 'experiment'?");
  }

  @Test
  void modelsReadTheIdsAndKindsOfReceivers() throws IOException {
    write(
        "owners.yml",
        """
        last_resort: {team: a}
        teams: [{id: a, name: A, cost_centre: '44.10'}, {id: b, name: B}]
        groups: [{id: centre.44.10, name: Lab}, {id: project.chat, reporting_currency: EUR}]
        """);
    assertThat(rows("conf.teams"))
        .containsExactly("[a, A, 44.10, centre.44.10]", "[b, B, null, null]");
    assertThat(rows("conf.receivers"))
        .containsExactly(
            "[a, A, null, team, null]",
            "[b, B, null, team, null]",
            "[centre.44.10, Lab, null, cost_centre, null]",
            "[project.chat, null, EUR, project, chat]",
            "[company.all, null, null, company, null]");
    write("owners.yml", "groups: [{id: company.all, name: All}]\n");
    assertThat(rows("conf.receivers")).containsExactly("[company.all, All, null, company, null]");
  }

  private List<String> rows(String table) {
    return ConfTables.of(Config.load(home, null, Map.of())).stream()
        .filter(one -> one.name().equals(table))
        .flatMap(one -> one.rows().stream())
        .map(Object::toString)
        .toList();
  }

  @Test
  void refusesConditionsOnUnknownKeys() throws IOException {
    write(
        "owners.yml",
        """
        last_resort: {team: a}
        teams: [{id: a, name: A}]
        rules:
          - {id: one, kind: namespace, where: {namespace: n, ServiceName: s, x_SourceId: x}, assign: {team: a}}
          - id: two
            kind: account
            where:
              ServiceName: s
              SubAcountId: '1'
            assign: {team: a}
        """);
    write(
        "allocation.yml",
        """
        node_groups:
          - {id: g, where: {any/label: x}, method: weights, idle: keep, idle_owner: a}
        pools:
          - {id: p, name: P, driver: even, where: {ServiceNam: s}}
          - {id: q, name: Q, driver: even, where: {workload_kind: Job}}
          - {id: r, name: R, driver: even, where: {team_is_known: 'true'}}
        """);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("4 problems")
        .hasMessageContaining(
            "owners.yml:9: 'rules[1].where' has a condition on 'SubAcountId', which is not a valid key."
                + " Did you mean 'SubAccountId'?")
        .hasMessageContaining(
            "allocation.yml:4: 'pools[0].where' has a condition on 'ServiceNam', which is not a valid key."
                + " Did you mean 'ServiceName'?")
        .hasMessageContaining(
            "allocation.yml:5: 'pools[1].where' has a condition on 'workload_kind', which is not a valid key."
                + " Valid keys: ResourceId, ResourceName,")
        .hasMessageContaining(
            "allocation.yml:6: 'pools[2].where' has a condition on 'team_is_known'");
  }

  @Test
  void refusesAKeyGivenTwiceAndBrokenYaml() throws IOException {
    write("costlake.yml", "company:\n  name: A\n  name: B\n");
    write("owners.yml", "teams: [\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("costlake.yml:3: key 'name' is given twice")
        .hasMessageContaining("owners.yml:2: is not YAML");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "company:#  name: &n A#  contact: *n# | 3: alias '*n' is not supported. Write the value"
            + " out",
        "company: &c {name: A}##lake: *c# | 3: alias '*c' is not supported. Write the value out",
        "company: &c#  name: *c# | 2: alias '*c' is not supported. Write the value out",
        "company:#  <<: {name: A}# | 2: merge key '<<' is not supported. Write the keys out",
        "company:#  name: \u0007# | 2: contains the control character U+0007. Remove it"
      })
  void refusesUnsupportedYaml(String lines, String problem) throws IOException {
    write("costlake.yml", lines.replace('#', '\n'));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("costlake.yml:" + problem);
  }

  @Test
  void refusesYamlThatIsNestedTooDeeply() throws IOException {
    write("costlake.yml", "company:\n  name: " + "[".repeat(100_000) + "\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "costlake.yml:2: is nested more than 50 levels deep. Use fewer levels");
  }

  @Test
  void refusesAKeyOfAMapThatHasNoValue() throws IOException {
    write(
        "allocation.yml",
        "pools:\n  - {id: a, name: A, where: {x_TeamId: b}, driver: fixed, shares: {search: }}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("allocation.yml:2: 'pools[0].shares.search' has no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
  void refusesAFileInAnotherEncoding(String charset) throws IOException {
    Files.writeString(
        home.resolve("owners.yml"), "# Zuständig\nteams: []\n", Charset.forName(charset));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("owners.yml:1: is not UTF-8. Save the file as UTF-8");
  }

  @Test
  void messageNamesTheLineThatIsNotUtf8() throws IOException {
    Files.writeString(
        home.resolve("owners.yml"), "teams: []\n\n# Zuständig\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("owners.yml:3: is not UTF-8");
  }

  @Test
  void readsUtf8WithItsByteOrderMark() throws IOException {
    write("costlake.yml", "\ufeffcompany:\n  name: Zuständig\n");
    assertThat(Config.load(home, null, Map.of()).company().name()).isEqualTo("Zuständig");
  }

  @ParameterizedTest
  @ValueSource(strings = {"costlake.yml", "owners.yml", "sources.yaml", "bills.yml"})
  void refusesSourcesInAnotherFile(String file) throws IOException {
    write("sources.yml", "sources: []\n");
    write(file, "\nsources:\n  - {id: a, kind: aws-cur, location: x}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageMatching("(?s).*" + file + ":\\d+: 'sources' belongs in sources.yml.*");
  }

  @Test
  void anEnvironmentMayHaveOtherSources() throws IOException {
    write("sources.yml", "sources: []\n");
    write("env/prod.yml", "sources:\n  - {id: a, kind: aws-cur, location: x}\n");
    assertThat(Config.load(home, "prod", Map.of()).sources()).hasSize(1);
  }

  @Test
  void takesSecretsFromTheEnvironmentOnly() throws IOException {
    Files.writeString(home.resolve("pw"), "from-file\n");
    Map<String, String> environment =
        Map.of("PG", "from-env", "PG_FILE", home.resolve("pw").toString());
    write(
        "costlake.yml",
        "lake: {catalog: {properties: {jdbc.password: '${PG}', other.password:"
            + " '${file:PG_FILE}'}}}\n");
    assertThat(
            Config.from(Settings.read(home, null, Map.of()), environment::get)
                .lake()
                .catalog()
                .properties())
        .containsEntry("jdbc.password", "from-env")
        .containsEntry("other.password", "from-file");
    assertThat(Settings.read(home, null, Map.of()).lines().toString())
        .contains("${PG}")
        .doesNotContain("from-env");
  }

  @Test
  void namesOfColumnsAreNoSecrets() throws IOException {
    write(
        "sources.yml",
        "sources:\n  - {id: a, kind: gateway, location: x, columns: {output_tokens: tokens, key_id: api_key}}\n");
    assertThat(Config.load(home, null, Map.of()).sources().get(0).columns())
        .containsEntry("output_tokens", "tokens");
    write(
        "sources.yml",
        "sources:\n  - {id: a, kind: gateway, location: x, columns: {key_id: 'https://me@host'}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("the address in 'columns' contains a secret");
  }

  @Test
  void refusesASecretInTheConfiguration() throws IOException {
    write("costlake.yml", "lake: {catalog: {properties: {jdbc.password: hunter2}}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("costlake.yml:1: 'jdbc.password' looks like a secret")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://costlake:hunter2@db.example.com/lake",
        "jdbc:postgresql://db.example.com/lake?user=costlake&password=hunter2",
        "https://example.com/bills?Signature=hunter2&x=1",
        "https://example.com/bills?X-Amz-Signature=hunter2",
        "jdbc:postgresql://db.example.com/lake?ssl=true&sslpassword=hunter2",
        "jdbc:postgresql://costlake:hunter2/with#signs@db.example.com/lake",
        "AccountName=costs;AccountKey=hunter2",
        "https://catalog.example.com/v1?api_key=hunter2",
        "https://hunter2@catalog.example.com/v1"
      })
  void refusesASecretInsideAnAddress(String uri) throws IOException {
    write("costlake.yml", "lake: {catalog: {uri: '" + uri + "'}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("costlake.yml:1: the address in 'uri' contains a secret")
        .hasMessageNotContaining("hunter2");
    write("costlake.yml", "lake: {catalog: {uri: '${HOME}'}}\n");
    assertThat(Config.load(home, null, Map.of()).lake().catalog().uri()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.com:5432/lake?user=costlake",
        "jdbc:postgresql://one.example.com:5432,two.example.com:5432/lake?user=costs@example.com",
        "https://catalog.example.com:8181/v1/warehouse@costs",
        "abfss://costs@account.dfs.core.windows.net/lake"
      })
  void takesAnAddressWithAUserAndAPort(String uri) throws IOException {
    write("costlake.yml", "lake: {catalog: {uri: '" + uri + "'}}\n");
    assertThat(Config.load(home, null, Map.of()).lake().catalog().uri()).isEqualTo(uri);
  }

  @Test
  void refusesSharesThatDoNotSumToOne() throws IOException {
    write("owners.yml", "last_resort: {team: a}\nteams: [{id: a, name: A}]\n");
    write(
        "allocation.yml",
        "pools:\n  - {id: p, name: P, where: {ServiceName: S}, driver: fixed, shares: {a: 0.4}}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining(
            "allocation.yml:2: 'pools[0]': pool 'p': the shares add up to 0.4, not to 1");
  }

  @ParameterizedTest
  @CsvSource({
    "capacity_per_s, 0, greater than 0",
    "capacity_per_s, 100000000, greater than 0",
    "output_weight, -1, greater than 0",
    "output_weight, 2.0000000001, greater than 0",
    "cached_weight, -0.1, at least 0"
  })
  void refusesWeightsAndCapacitiesOfEndpointsThatCannotBe(String key, String value, String limit)
      throws IOException {
    write("allocation.yml", "endpoints:\n  - {id: chat, %s: %s}\n".formatted(key, value));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining(
            "allocation.yml:2: 'endpoints[0]': endpoint 'chat': %s %s must be %s and less than"
                .formatted(key, value, limit));
  }

  @Test
  void modelsReadTheSettingsOfEndpointsAndAnEndpointHasOneEntry() throws IOException {
    write(
        "allocation.yml",
        "endpoints:\n  - {id: chat, capacity_per_s: 160, output_weight: 4, cached_weight: 0}\n  - {id:"
            + " quiet}\n");
    assertThat(ConfTables.of(Config.load(home, null, Map.of())))
        .filteredOn(table -> table.name().equals("conf.endpoints"))
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.rows())
                    .containsExactly(
                        Arrays.asList(
                            "chat",
                            new BigDecimal("160.000000000"),
                            new BigDecimal("4.000000000"),
                            new BigDecimal("0.000000000")),
                        Arrays.asList("quiet", null, null, null)));
    write("allocation.yml", "endpoints: [{id: chat}, {id: chat}]\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("id 'chat' is used twice in endpoints");
  }

  @Test
  void modelsReadTheRulesOfEndpointsInTheirOrder() throws IOException {
    write(
        "allocation.yml",
        """
        endpoints:
          - {id: quiet}
          - id: chat
            paid_by:
              - {where: {ResourceId: i-1, team: search}, to: 2026-09-10}
              - {where: {job_name: vllm}, from: 2026-09-10}
          - {id: embed, paid_by: [{where: {ServiceName: Embeddings}}]}
        """);
    assertThat(ConfTables.of(Config.load(home, null, Map.of())))
        .filteredOn(table -> table.name().equals("conf.endpoint_rules"))
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.rows())
                    .extracting(Object::toString)
                    .containsExactly(
                        "[chat/1, chat, 0, null, 2026-09-10, {ResourceId=i-1, team=search}]",
                        "[chat/2, chat, 1, 2026-09-10, null, {job_name=vllm}]",
                        "[embed/1, embed, 2, null, null, {ServiceName=Embeddings}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|a rule of endpoint 'chat' needs a condition in where",
        "{ResourceID: i-1}|Did you mean 'ResourceId'?",
        "{ResourceId: i-1}, from: 2026-09-10, to: 2026-09-10|ends before it begins"
      })
  void refusesRulesOfEndpointsThatNeverHold(String where, String message) throws IOException {
    write(
        "allocation.yml", "endpoints:\n  - {id: chat, paid_by: [{where: %s}]}\n".formatted(where));
    assertThatThrownBy(() -> Config.load(home, null, Map.of())).hasMessageContaining(message);
  }

  @Test
  void refusesWrongAndContradictoryExchangeRates() throws IOException {
    String rate = "{date: 2026-09-30, from: USD, to: %s, rate: %s, source: ECB}";
    write(
        "costlake.yml",
        "statement:\n  exchange_rates: [%s]\n".formatted(rate.formatted("EUR", "-1")));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("rate -1 must be greater than 0 and less than 100000");
    write(
        "costlake.yml",
        "statement:\n  exchange_rates: [%s]\n".formatted(rate.formatted("euro", "0.9")));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("currency 'euro' is not an ISO 4217 code");
    write(
        "costlake.yml",
        "statement:\n  exchange_rates: [%s]\n".formatted(rate.formatted("USD", "1")));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("from and to are both USD");
    write(
        "costlake.yml",
        "statement:\n  exchange_rates: [%s, %s]\n"
            .formatted(rate.formatted("EUR", "0.9"), rate.formatted("EUR", "0.8")));
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("costlake.yml:2: USD to EUR has two rates on 2026-09-30");
    write("costlake.yml", "statement:\n  exchange_rates: [{from: USD, to: EUR, rate: 1}]\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("date' is required");
  }

  @Test
  void refusesLimitsThatLetOneUserBlockAllOthers() throws IOException {
    write("costlake.yml", "serve: {queries_max: 2, queries_per_user_max: 2}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("queries_per_user_max must be less than queries_max");
    write("costlake.yml", "serve: {queries_waiting_per_user_max: 0}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("queries_waiting_per_user_max must be at least 1");
    write("costlake.yml", "serve: {worker_heap_mib: 100}\n");
    assertThatThrownBy(() -> Config.load(home, null, Map.of()))
        .hasMessageContaining("worker_heap_mib must be at least 512");
  }

  @Test
  void messageNamesTheMissingFolder() {
    assertThatThrownBy(() -> Config.load(home.resolve("nowhere"), null, Map.of()))
        .hasMessageContaining("Cannot find the configuration folder")
        .hasMessageContaining("--conf DIR");
  }

  @Test
  void documentationHasTheGeneratedListOfKeys() throws IOException {
    assertThat(Files.readString(Path.of("docs/configuration.md")))
        .contains(KeyReference.markdown());
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }
}
