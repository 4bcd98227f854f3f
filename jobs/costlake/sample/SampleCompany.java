package costlake.sample;

import java.util.List;

/** The sample company: teams, their accounts, and the names of their resources. */
final class SampleCompany {
  static final String PAYER = "402316781950";
  static final String PLATFORM = "platform";
  static final String CLUSTER = "train-use1";
  static final String CLUSTER_ACCOUNT = "618204935571";
  static final String NETWORK_ACCOUNT = "618204935588";
  static final String SANDBOX_ACCOUNT = "618204935605";

  /** A team and the AWS account that is its own. */
  record Team(
      String id,
      String name,
      String costCentre,
      String account,
      String accountName,
      String alias,
      List<String> projects,
      String model) {}

  private final List<Team> teams;
  private final SampleSettings.Names names;

  SampleCompany(SampleSettings settings) {
    this.names = settings.names();
    this.teams =
        List.of(
            team("search", "Search & Ranking", "4410", 12, "srch", "ranker", "crawl", "ranker-v7"),
            team("vision", "Vision", "4420", 29, "Vison", "detector", "labelling", "detector-v3"),
            team(
                "assistant",
                "Speech & Assistant",
                "4430",
                46,
                "speech-assistant",
                "dialogue",
                "transcribe",
                "assistant-xl"),
            team("ads", "Ads", "4440", 63, "Advertising", "bidding", "attribution", "ctr-v5"),
            team("data", "Data Platform", "4500", 80, "dataplatform", "warehouse", "ingest", ""),
            team(PLATFORM, "Platform Engineering", "4600", 97, "plat-eng", "cluster", "build", ""));
  }

  private Team team(
      String id,
      String name,
      String costCentre,
      int account,
      String alias,
      String project,
      String other,
      String model) {
    boolean hostile = names == SampleSettings.Names.HOSTILE;
    return new Team(
        id,
        hostile ? name + " <script>alert('" + id + "')</script>" : name,
        hostile ? "=cmd()|'" + costCentre + "'!A1" : costCentre,
        "6182049356" + account,
        hostile ? "../../etc/" + id : id + "-prod",
        alias,
        List.of(hostile ? project + "'; drop table charges; --" : project, other),
        model);
  }

  List<Team> teams() {
    return teams;
  }

  Team team(String id) {
    return teams.stream().filter(team -> team.id().equals(id)).findFirst().orElseThrow();
  }

  String accountName(String account) {
    return switch (account) {
      case PAYER -> "aldermoor-payer";
      case CLUSTER_ACCOUNT -> "ml-cluster-prod";
      case NETWORK_ACCOUNT -> "network-hub";
      case SANDBOX_ACCOUNT -> "sandbox";
      default ->
          teams.stream()
              .filter(team -> team.account().equals(account))
              .findFirst()
              .orElseThrow()
              .accountName();
    };
  }
}
