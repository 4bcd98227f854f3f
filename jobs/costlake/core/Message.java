package costlake.core;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.jspecify.annotations.Nullable;

/** Formats messages for people. */
public final class Message {
  private Message() {}

  /**
   * Joins the lines of a text into one line and inserts the arguments.
   *
   * @param text a format string, usually a text block; an indented line stays a line of its own
   */
  @FormatMethod
  public static String of(@FormatString String text, @Nullable Object... arguments) {
    return text.strip().replaceAll("\n(?! )", " ").formatted(arguments);
  }
}
