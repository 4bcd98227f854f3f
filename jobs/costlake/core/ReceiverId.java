package costlake.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ids of those whose statement has the costs of several teams: the company, cost centres and
 * projects. They have a dot; the ids of teams have none.
 */
public final class ReceiverId {
  /** The company. */
  public static final String COMPANY = "company.all";

  /** Before the name of a cost centre. */
  public static final String COST_CENTRE = "centre.";

  /** Before the id of a project. */
  public static final String PROJECT = "project.";

  private static final Pattern PROJECT_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private ReceiverId() {}

  /** Returns the id of the project that receives the statement; empty for other receivers. */
  public static Optional<String> project(String id) {
    return Optional.of(id)
        .filter(text -> text.startsWith(PROJECT))
        .map(text -> text.substring(PROJECT.length()))
        .filter(project -> PROJECT_ID.matcher(project).matches());
  }

  /** Returns the kind of a receiver that is no team: company, project or cost_centre. */
  public static String kind(String id) {
    if (id.equals(COMPANY)) {
      return "company";
    }
    return project(id).isPresent() ? "project" : "cost_centre";
  }
}
