package costlake.land.read.rows;

import costlake.core.Money;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;

/** Checks whether bytes are valid for a typed column. Usually creates no objects. */
public final class ValueChecks {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int MONEY_TEXT_MAX = 64;

  private ValueChecks() {}

  /** Whether the bytes are well-formed UTF-8. */
  public static boolean utf8(byte[] b, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to) {
      if (((long) LONGS.get(b, i) & HIGH_BITS) != 0) {
        return decodes(b, i, to);
      }
      i += Long.BYTES;
    }
    while (i < to) {
      if (b[i] < 0) {
        return decodes(b, i, to);
      }
      i++;
    }
    return true;
  }

  /** Whether one of the bytes is 0. */
  public static boolean hasNul(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean decodes(byte[] b, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether the bytes are a decimal that fits {@code decimal(38,21)}, rounded if it must be. */
  public static boolean money(byte[] b, int from, int to) {
    if (to - from > MONEY_TEXT_MAX) {
      return slowMoney(b, from, to);
    }
    int i = from;
    if (i < to && (b[i] == '-' || b[i] == '+')) {
      i++;
    }
    int whole = i;
    while (i < to && b[i] == '0') {
      i++;
    }
    int significant = i;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    int digits = i - whole;
    if (i - significant > Money.PRECISION - Money.SCALE) {
      return false;
    }
    if (i < to && b[i] == '.') {
      int point = i++;
      while (i < to && b[i] >= '0' && b[i] <= '9') {
        i++;
      }
      digits += i - point - 1;
      if (i - point - 1 > Money.SCALE) {
        return slowMoney(b, from, to);
      }
    }
    return (i == to && digits > 0) || slowMoney(b, from, to);
  }

  /**
   * Whether the bytes are a whole number that is not below zero, e.g. {@code 12} or {@code 12.0}.
   */
  public static boolean count(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    int digits = i - from;
    if (i < to && b[i] == '.') {
      i++;
      while (i < to && b[i] == '0') {
        i++;
      }
    }
    return i == to && digits > 0 && digits <= Money.PRECISION - Money.SCALE;
  }

  private static boolean slowMoney(byte[] b, int from, int to) {
    return Money.isAmount(new String(b, from, to - from, StandardCharsets.UTF_8));
  }

  /**
   * Whether the bytes are an instant or day as bills write it: {@code 2026-09-01}, {@code
   * 2026-09-01T00:00:00Z}, {@code 2026-09-01 00:00:00.000}, {@code 2026-09-01T00:00:00+02:00}.
   */
  public static boolean time(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 10 || !date(b, from)) {
      return false;
    }
    if (length == 10) {
      return true;
    }
    int i = from + 10;
    if ((b[i] != 'T' && b[i] != ' ') || length < 16) {
      return false;
    }
    if (two(b, i + 1) > 23 || b[i + 3] != ':' || two(b, i + 4) > 59) {
      return false;
    }
    i += 6;
    if (i + 2 < to && b[i] == ':') {
      if (two(b, i + 1) > 59) {
        return false;
      }
      i += 3;
      if (i < to && b[i] == '.') {
        int point = i++;
        while (i < to && b[i] >= '0' && b[i] <= '9') {
          i++;
        }
        if (i - point < 2 || i - point > 10) {
          return false;
        }
      }
    }
    return i == to || zone(b, i, to);
  }

  /** Whether the bytes are such a time of a day without an offset, which needs a zone. */
  static boolean localTime(byte[] b, int from, int to) {
    return to - from > 10
        && time(b, from, to)
        && b[to - 1] != 'Z'
        && b[to - 6] != '+'
        && b[to - 6] != '-';
  }

  /** Whether the bytes are a month or day: {@code 2026-09}, {@code 2026-09-01}. */
  public static boolean month(byte[] b, int from, int to) {
    if (to - from != 7) {
      return time(b, from, to);
    }
    int month = two(b, from + 5);
    return two(b, from) <= 99
        && two(b, from + 2) <= 99
        && b[from + 4] == '-'
        && month >= 1
        && month <= 12;
  }

  private static boolean zone(byte[] b, int i, int to) {
    if (b[i] == 'Z') {
      return i + 1 == to;
    }
    return (b[i] == '+' || b[i] == '-')
        && to - i == 6
        && two(b, i + 1) <= 18
        && b[i + 3] == ':'
        && two(b, i + 4) <= 59;
  }

  private static boolean date(byte[] b, int i) {
    int century = two(b, i);
    int year = two(b, i + 2);
    int month = two(b, i + 5);
    int day = two(b, i + 8);
    if (century > 99 || year > 99 || b[i + 4] != '-' || b[i + 7] != '-') {
      return false;
    }
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    return day <= 28 || day <= YearMonth.of(century * 100 + year, month).lengthOfMonth();
  }

  /** Reads two digits as a number; returns a number above 99 if they are not digits. */
  private static int two(byte[] b, int i) {
    int tens = b[i] - '0';
    int ones = b[i + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Integer.MAX_VALUE : tens * 10 + ones;
  }
}
