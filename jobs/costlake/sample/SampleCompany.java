package costlake.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The teams of the sample company, their accounts, and the names of their resources. */
final class SampleCompany {
  static final String PAYER = "402316781950";
  static final String PLATFORM = "platform";
  static final String CLUSTER = "train-use1";
  static final String CLUSTER_ACCOUNT = "618204935571";
  static final String NETWORK_ACCOUNT = "618204935588";
  static final String SANDBOX_ACCOUNT = "618204935605";

  /** A team and its AWS account. */
  record Team(
      String id,
      String name,
      String costCentre,
      String account,
      String accountName,
      String alias,
      List<String> projects,
      String model) {
    Team {
      model = model == null ? "" : model;
    }

    /** Returns the same team with names that attack SQL, HTML, spreadsheets and file paths. */
    Team hostile() {
      return new Team(
          id,
          name + " <script>alert('" + id + "')</script>",
          "=cmd()|'" + costCentre + "'!A1",
          account,
          "../../etc/" + id,
          alias,
          List.of(projects.get(0) + "'; drop table charges; --", projects.get(1)),
          model);
    }
  }

  private record Accounts(List<Team> teams, Map<String, String> accountNames) {}

  private final List<Team> teams;
  private final Map<String, String> accountNames;

  SampleCompany(SampleSettings settings) {
    Accounts accounts = SampleFile.read("company.yml", Accounts.class);
    boolean hostile = settings.names() == SampleSettings.Names.HOSTILE;
    this.teams = accounts.teams().stream().map(team -> hostile ? team.hostile() : team).toList();
    this.accountNames = new HashMap<>(accounts.accountNames());
    teams.forEach(team -> accountNames.put(team.account(), team.accountName()));
  }

  List<Team> teams() {
    return teams;
  }

  Team team(String id) {
    return teams.stream().filter(team -> team.id().equals(id)).findFirst().orElseThrow();
  }

  String accountName(String account) {
    return Objects.requireNonNull(accountNames.get(account), account);
  }
}
