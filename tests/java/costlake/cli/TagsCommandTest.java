package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.model.Layer;
import costlake.night.TinyCompany;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Prints the coverage of tags, from delivered bills. */
@Tag("night")
class TagsCommandTest {
  private static final String HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,SubAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,ChargeFrequency,"
          + "ChargeDescription,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BillingPeriodEnd,"
          + "ChargeCategory,ResourceId,Tags\n";
  private static final String TITLE =
      "rule,tag,month,team,currency,cost,taggable,tagged,disallowed,missing,near,net_credit,"
          + "not_taggable,percent,minimum\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private TinyCompany company(LakeConfig.Format format) throws IOException {
    TinyCompany company = new TinyCompany(folder, format).until(Layer.GOVERNANCE);
    write(
        "sources.yml",
        """
        sources:
          - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
        """);
    write(
        "owners.yml",
        """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
        tags:
          values:
            team: {srch: search}
        rules:
          - {id: tags, kind: tag, assign_from_tags: true}
          - {id: sub-1, kind: account, where: {SubAccountId: '1'}, assign: {team: search}}
        """);
    write(
        "tags.yml",
        """
        tag_rules:
          - {id: team, key: team, known: teams, minimum: 61.3}
          - {id: later, key: tier, where: {SubAccountId: '2'}, from: 2026-09-02}
          - {id: none, key: tier, values: [prod], where: {ServiceName: Nothing}, minimum: 95}
        """);
    deliver("");
    return company;
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve("conf").resolve(file), text);
  }

  /** Delivers the bill of September, with the tags of the last machine. */
  private void deliver(String tags) throws IOException {
    Files.writeString(
        folder.resolve("exports/azure/2026-09/part-0.csv"),
        HEADER
            + line("1", "50", "Usage", "vm-1", "team:search")
            + line("1", "10", "Usage", "vm-1", "Team:srch")
            + line("1", "10", "Usage", "vm-2", "team:Search ")
            + line("1", "20.005", "Usage", "vm-3", "te-am:search")
            + line("2", "10", "Usage", "vm-4", tags)
            + line("2", "-2", "Credit", "vm-4", tags)
            + line("2", "-5", "Credit", "vm-5", "")
            + line("2", "7", "Tax", "", "")
            + line("2", "3", "Usage", "", ""));
  }

  /** Returns a charge of the first day, or, of the second account, of the second day. */
  private static String line(
      String account, String cost, String category, String resource, String tag) {
    return ("%2$s,%2$s,%2$s,%2$s,USD,acct,%1$s,Microsoft,Microsoft,Microsoft,Compute,Virtual Machines,"
            + "Usage-Based,x,2026-09-0%1$sT00:00:00Z,2026-09-0%1$sT01:00:00Z,2026-09-01T00:00:00Z,"
            + "2026-10-01T00:00:00Z,%3$s,%4$s,\"%5$s\"\n")
        .formatted(account, cost, category, resource, json(tag));
  }

  private static String json(String tag) {
    return tag.isEmpty() ? "{}" : "{\"\"" + tag.replace(":", "\"\":\"\"") + "\"\"}";
  }

  private void show(TinyCompany company, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    TagsCommand command = new TagsCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options);
    command.show(company.config(), LakeSession.in(company.session(), company.config()));
  }

  /**
   * 60 of 60 + 10 + 20.005 + 8 carry an allowed team: 61.22 percent. The credit of vm-5, the tax
   * and the usage without resource are apart.
   */
  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void printsWhatDeliveredBillsCarryAndWhoPaysTheRest(LakeConfig.Format format) throws IOException {
    TinyCompany company = company(format);
    company.night();
    assertThatThrownBy(() -> show(company, "--format", "csv", "--gate"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Below the minimum: team (61.2% of 61.3%). 'costlake tags --rows'");
    assertThat(out)
        .hasToString(
            TITLE
                + """
                later,tier,2026-09,,USD,13,8,0,0,8,0,-5,10,0,
                team,team,2026-09,,USD,103.01,98.01,60,10,28.01,30.01,-5,10,61.2,61.3
                none,tier,2026-09,,USD,0,0,0,0,0,0,0,0,,95
                """);
    assertThat(err.toString()).contains("No coverage, because no cost can carry the tag: none");
    show(company, "--format", "csv", "--by-team");
    assertThat(out.toString())
        .contains(
            "\nteam,team,2026-09,platform,USD,13,8,0,0,8,0,-5,10,0,61.3\n",
            "\nteam,team,2026-09,search,USD,90.01,90.01,60,10,20.01,30.01,0,0,66.6,61.3\n");
    show(company, "--format", "csv", "--team", "search", "--month", "2026-09", "--gate");
    assertThat(out)
        .hasToString(
            TITLE + "team,team,2026-09,search,USD,90.01,90.01,60,10,20.01,30.01,0,0,66.6,61.3\n");
    assertRowsHaveAnOwner(company);

    deliver("team:platform");
    company.night();
    show(company, "--format", "csv", "--gate");
    assertThat(out.toString())
        .contains("\nteam,team,2026-09,,USD,103.01,98.01,68,10,20.01,30.01,-5,10,69.3,61.3\n");
  }

  private void assertRowsHaveAnOwner(TinyCompany company) {
    show(company, "--format", "csv", "--rows");
    assertThat(out)
        .hasToString(
            """
            rule,month,currency,cost,tag,value,near,team,why,provider,account,service,resource
            later,2026-09,USD,8,missing,,,platform,last_resort,Microsoft,2,Virtual Machines,vm-4
            team,2026-09,USD,20.01,missing,,key te-am,search,account: sub-1,Microsoft,1,Virtual Machines,vm-3
            team,2026-09,USD,10,disallowed,Search ,value search,search,account: sub-1,Microsoft,1,Virtual Machines,vm-2
            team,2026-09,USD,8,missing,,,platform,last_resort,Microsoft,2,Virtual Machines,vm-4
            """);
    show(company, "--format", "csv", "--rows", "1", "--team", "platform");
    assertThat(out.toString().lines().skip(1))
        .allMatch(line -> line.contains(",8,missing,,,platform,"))
        .hasSize(2);
  }

  @Test
  void saysWhyItCannotShowAMonth() throws IOException {
    TinyCompany company = company(LakeConfig.Format.ICEBERG);
    company.night();
    assertThatThrownBy(() -> show(company, "--month", "2026-08"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "Cannot show tags of 2026-08: the last night has no bill of a month");
    Files.writeString(
        folder.resolve("conf/tags.yml"),
        """
          - {id: new, key: owner-mail, minimum: 1}
          - {id: next-month, key: owner-mail-2, from: 2026-10-01, minimum: 1}
        """,
        StandardOpenOption.APPEND);
    show(company);
    assertThat(err.toString()).contains("Not judged yet, wait for the next night: new\n");
    assertThatThrownBy(() -> show(company, "--gate"))
        .isInstanceOf(Failure.class)
        .hasMessage("Not judged yet: new. Run 'costlake night' first");
    assertThat(run("--rows", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot show 0 rows. Write --rows 1 or more");
    assertThat(run("--team", "serach")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Cannot find team 'serach' in owners.yml. Did you mean 'search'?");
  }

  @Test
  void saysHowToRequireATagIfNoneIs() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    assertThat(run("--gate")).isZero();
    assertThat(err.toString()).contains("No tag is required. Write a rule in tags.yml");
  }

  private int run(String option, String... value) {
    String[] arguments = new String[value.length + 4];
    arguments[0] = "tags";
    arguments[1] = "--conf";
    arguments[2] = folder.resolve("conf").toString();
    arguments[3] = option;
    System.arraycopy(value, 0, arguments, 4, value.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
