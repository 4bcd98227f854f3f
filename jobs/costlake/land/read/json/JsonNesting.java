package costlake.land.read.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Follows the nesting of JSON byte by byte, without checking the JSON. */
final class JsonNesting {
  private final Set<String> lists;
  private final int nameBytesMax;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private int depth;
  private boolean inText;
  private boolean escaped;

  /**
   * Begins outside of any value.
   *
   * @param lists names of members that {@link #opensList} finds
   */
  JsonNesting(Set<String> lists) {
    this.lists = Set.copyOf(lists);
    this.nameBytesMax = lists.stream().mapToInt(String::length).max().orElse(0);
  }

  /**
   * Takes the next byte. Returns true if it begins the list of a member that has one of the names,
   * in the outermost object.
   */
  boolean opensList(byte b) {
    if (inText) {
      takeText(b);
    } else if (b == '"') {
      inText = true;
      text.reset();
    } else if (b == '{' || b == '[') {
      depth++;
      return b == '[' && depth == 2 && lists.contains(text.toString(StandardCharsets.UTF_8));
    } else if (b == '}' || b == ']') {
      depth--;
    }
    return false;
  }

  private void takeText(byte b) {
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      inText = false;
      return;
    }
    if (depth == 1 && text.size() <= nameBytesMax) {
      text.write(b);
    }
  }

  /** Leaves the list that {@link #opensList} found, at its closing bracket. */
  void closeList() {
    depth--;
  }

  /** Whether all values that began have ended. */
  boolean isOutside() {
    return depth <= 0 && !inText;
  }
}
