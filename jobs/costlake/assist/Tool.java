package costlake.assist;

import costlake.core.Failure;
import java.util.Map;

/** A question that an assistant can ask. */
interface Tool {
  String name();

  /** Says what the tool answers, and when to use it. The assistant reads this. */
  String description();

  /** Returns the parameters as properties of a JSON schema, by name. */
  Map<String, Object> parameters();

  /** Returns the names of the parameters that a call must have. */
  default java.util.List<String> required() {
    return java.util.List.of();
  }

  /**
   * Answers a call.
   *
   * @return values of JSON; amounts are text
   * @throws Failure with a message for the user
   */
  Map<String, Object> answer(Call call, Arguments arguments);
}
