package costlake.land.read.json;

import org.jspecify.annotations.Nullable;

/** Finds escapes in JSON that stand for no character of a text. */
final class JsonEscapes {
  private static final int HEX_DIGITS = 4;
  private static final int HEX = 16;

  private JsonEscapes() {}

  /**
   * Returns what is wrong: a NUL character, or one half of a surrogate pair; null if nothing is.
   */
  static @Nullable String problem(byte[] json, int from, int to) {
    boolean high = false;
    for (int i = from; i < to; i++) {
      int code = json[i] == '\\' ? code(json, i, to) : -1;
      if (code == 0) {
        return "a NUL character";
      }
      if (high != isLow(code)) {
        return "one half of a surrogate pair";
      }
      high = isHigh(code);
      i += json[i] == '\\' ? (code < 0 ? 1 : HEX_DIGITS + 1) : 0;
    }
    return high ? "one half of a surrogate pair" : null;
  }

  /** Returns the code of an escape with hexadecimal digits; -1 if it is another escape. */
  private static int code(byte[] json, int at, int to) {
    if (at + 1 + HEX_DIGITS >= to || json[at + 1] != 'u') {
      return -1;
    }
    int code = 0;
    for (int i = at + 2; i < at + 2 + HEX_DIGITS; i++) {
      int digit = Character.digit(json[i], HEX);
      if (digit < 0) {
        return -1;
      }
      code = code * HEX + digit;
    }
    return code;
  }

  private static boolean isHigh(int code) {
    return code >= Character.MIN_HIGH_SURROGATE && code <= Character.MAX_HIGH_SURROGATE;
  }

  private static boolean isLow(int code) {
    return code >= Character.MIN_LOW_SURROGATE && code <= Character.MAX_LOW_SURROGATE;
  }
}
