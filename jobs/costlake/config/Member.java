package costlake.config;

import costlake.core.Message;
import java.util.List;

/**
 * A person or program that queries the lake through {@code serve}. The role and the teams determine
 * the visible rows.
 */
public record Member(
    @Required @Description("Name to sign in with, unique.") String user,
    @Required
        @Description(
            "member sees their teams; lead sees every team in the cost centres of their teams;"
                + " finance sees all teams.")
        Role role,
    @Description("Team ids; empty for finance.") List<String> teams) {

  /** Determines which rows a member may see. */
  public enum Role {
    MEMBER,
    LEAD,
    FINANCE
  }

  public Member {
    teams = List.copyOf(teams);
    if (!user.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}")) {
      throw new IllegalArgumentException(
          "user '" + user + "' must be letters, digits, or one of . _ @ -");
    }
    if ((role == Role.FINANCE) != teams.isEmpty()) {
      throw new IllegalArgumentException(
          Message.of(
              "user '%s' of role %s needs %s",
              user, EnumNames.of(role), role == Role.FINANCE ? "no teams" : "teams"));
    }
  }
}
