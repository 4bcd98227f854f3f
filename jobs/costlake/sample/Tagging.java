package costlake.sample;

import java.util.Map;
import java.util.TreeMap;

/** Chooses the tags of resources, and the owners that the owner rules find by these tags. */
final class Tagging {
  private static final int RIGHT = 70;
  private static final int OTHER_KEY = 78;
  private static final int OTHER_VALUE = 85;
  private static final int NONE = 94;

  private final SampleCompany company;
  private final boolean hostile;

  Tagging(SampleCompany company, SampleSettings settings) {
    this.company = company;
    this.hostile = settings.names() == SampleSettings.Names.HOSTILE;
  }

  /**
   * Returns the owner of a resource in an account. Adds the tags of the resource to {@code tags}.
   */
  Owner owner(String account, SeededRandom resource, Map<String, String> tags) {
    int style = resource.with("tags").below(100);
    if (account.equals("sandbox")) {
      SampleCompany.Team team = resource.with("team").of(company.teams());
      if (style % 2 == 0) {
        tags.put("team", team.id().charAt(0) + team.id());
      }
      return new Owner(team.id(), "", "dev", "", SampleCompany.PLATFORM, "last_resort", "");
    }
    SampleCompany.Team own = company.team(account);
    SampleCompany.Team team = style < NONE ? own : resource.with("team").of(company.teams());
    String project = resource.with("project").of(team.projects());
    String environment = resource.with("environment").percent(75) ? "prod" : "dev";
    String model = project.equals(team.projects().get(0)) ? team.model() : "";
    if (style >= OTHER_VALUE && style < NONE) {
      return new Owner(team.id(), project, environment, model, team.id(), "account", "");
    }
    tags.put("project", project);
    tags.put(resource.with("key").percent(80) ? "environment" : "env", environment);
    if (!model.isEmpty()) {
      tags.put("model", model);
    }
    if (hostile) {
      tags.put("note", "=cmd()|' /C calc'!A0 <img src=x onerror=alert(1)> \"; drop table t; --");
    }
    boolean alias = style >= RIGHT && style < OTHER_VALUE;
    if (style < RIGHT || style >= NONE) {
      tags.put("team", team.id());
    } else if (style < OTHER_KEY) {
      tags.put(resource.with("key").percent(50) ? "team_name" : "owner", team.id());
    } else {
      tags.put("team", team.alias());
    }
    return new Owner(
        team.id(), project, environment, model, team.id(), alias ? "alias" : "tag", "");
  }

  /** Converts the keys of tags to the form that they have in CUR 2.0. */
  static Map<String, String> aws(Map<String, String> tags) {
    Map<String, String> prefixed = new TreeMap<>();
    tags.forEach((key, value) -> prefixed.put("user_" + key, value));
    return prefixed;
  }
}
