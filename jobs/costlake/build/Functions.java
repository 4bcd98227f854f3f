package costlake.build;

import costlake.core.DatasetName;
import costlake.core.DeviceCounts;
import costlake.core.HostList;
import costlake.core.LargestRemainder;
import costlake.core.Money;
import costlake.core.NodeKey;
import costlake.core.PricePeriod;
import costlake.core.TiedTable;
import costlake.core.TokenRates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.Decimal$;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * SQL functions that Costlake adds for models. Spark's generated code calls them with Spark's own
 * values, so no row is converted.
 */
public final class Functions {
  private static final DataType MONEY = DataTypes.createDecimalType(Money.PRECISION, Money.SCALE);
  private static final int WEIGHT_SCALE = 18;
  private static final DataType WEIGHTS =
      DataTypes.createArrayType(DataTypes.createDecimalType(Money.PRECISION, WEIGHT_SCALE));
  private static final int CENT_SCALE = 2;
  private static final DataType MONEYS = DataTypes.createArrayType(MONEY);
  private static final DataType CENTS =
      DataTypes.createArrayType(DataTypes.createDecimalType(Money.PRECISION, CENT_SCALE));
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
  private static final DataType DEVICES =
      DataType.fromDDL("struct<devices:decimal(38,21),slices:decimal(38,21),model:string>");
  private static final DataType RULES =
      DataType.fromDDL(
          "array<struct<valid_from:date,valid_to:date,conditions:array<struct<field:string,value:string>>>>");
  private static final int RULE_FIELDS = 3;
  private static final UTF8String NATIVE = UTF8String.fromString("native_");
  private static final UTF8String USER_COLON = UTF8String.fromString("user:");
  private static final UTF8String USER_LINE = UTF8String.fromString("user_");
  private static final UTF8String AWS_COLON = UTF8String.fromString("aws:");
  private static final UTF8String AWS_LINE = UTF8String.fromString("aws_");
  private static final int LONG_DIGITS = 18;
  private static final long MICROS = 1_000_000;

  private Functions() {}

  /**
   * Registers the functions in a session.
   *
   * <ul>
   *   <li>{@code apportion(total, weights)} splits a total by the largest remainder. The parts, in
   *       the order of the weights, sum exactly to the total; null if no weight is positive
   *   <li>{@code in_proportion(amount, part, whole)} is amount * part / whole, rounded half-even to
   *       the digits of money; null if the whole is zero or the result does not fit
   *   <li>{@code quotient(amount, by, digits)} and {@code product(amount, other, digits)} divide
   *       and multiply, and round half up to this number of digits after the point. Spark's own
   *       operators keep only six digits if the operands are wide. Null if the divisor is zero or
   *       the result does not fit
   *   <li>{@code plus(amount, other)} and {@code less(amount, other)} add and subtract without
   *       rounding; Spark's own plus and minus round the last digit. Null if the result does not
   *       fit
   *   <li>{@code tied_cents(cells, rows, columns)} rounds the cells of a table, row by row, to the
   *       cent, so that they sum to these totals of its rows and of its columns, see {@link
   *       TiedTable}
   *   <li>{@code to_money(text)} reads text as money without rounding; null if it is not a number
   *       or does not fit
   *   <li>{@code first_rule(rules, day, facts)} is the number, from 1, of the first rule that is
   *       valid on the day and whose conditions all match the facts; null if there is no such rule.
   *       A rule is {@code struct<valid_from date, valid_to date, conditions array<struct<field,
   *       value>>>}; {@code valid_to} is exclusive. A rule without conditions never applies
   *   <li>{@code position_in(texts, text)} is the position, from 1, of a text in a sorted array,
   *       found by binary search; null if the array does not have it
   *   <li>{@code part_of(text, mark, n)} is the n-th part, from 1, of a text that is split at a
   *       mark, one ASCII character; empty if there are fewer parts. Spark's own {@code split_part}
   *       is slower, because it uses a regular expression
   *   <li>{@code host_names(list)} is the names in a list of hosts, e.g. {@code gpu[01-04,07]}, see
   *       {@link HostList}; null if the list cannot be read
   *   <li>{@code device_counts(resources, others)} is the devices in a list of resources or, if it
   *       names none, in another list, as a struct of {@code devices}, {@code slices} and {@code
   *       model}, see {@link DeviceCounts}; null if neither names devices
   *   <li>{@code dataset_name(path)} is the name of the dataset of a file, see {@link DatasetName}
   *   <li>{@code machine_key(provider_id)} and {@code charge_key(resource_id, resource_name,
   *       provider, account, zone)} are the key by which a node is joined with its charges, see
   *       {@link NodeKey}; null if there is no key
   *   <li>{@code watch_costs(lines, currency, cost_min)} is the incidents in the costs of days, see
   *       {@link CostWatchFunction}
   * </ul>
   */
  public static void register(SparkSession spark) {
    register(spark, "apportion", "apportion", MONEYS, MONEY, WEIGHTS);
    register(spark, "in_proportion", "inProportion", MONEY, MONEY, MONEY, MONEY);
    register(spark, "quotient", children -> arithmetic("quotient", children));
    register(spark, "product", children -> arithmetic("product", children));
    register(spark, "plus", "plus", MONEY, MONEY, MONEY);
    register(spark, "less", "less", MONEY, MONEY, MONEY);
    register(spark, "tied_cents", "tiedCents", CENTS, MONEYS, CENTS, CENTS);
    register(spark, "to_money", "toMoney", MONEY, DataTypes.StringType);
    register(
        spark,
        "first_rule",
        "firstRule",
        DataTypes.IntegerType,
        RULES,
        DataTypes.DateType,
        TEXT_MAP);
    register(
        spark, "position_in", "positionIn", DataTypes.IntegerType, TEXTS, DataTypes.StringType);
    register(
        spark,
        "part_of",
        "partOf",
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.StringType,
        DataTypes.IntegerType);
    register(spark, "host_names", "hostNames", TEXTS, DataTypes.StringType);
    register(
        spark,
        "device_counts",
        "deviceCounts",
        DEVICES,
        DataTypes.StringType,
        DataTypes.StringType);
    registerOfTexts(spark, "dataset_name", "datasetName", 1);
    registerOfTexts(spark, "machine_key", "machineKey", 1);
    registerOfTexts(spark, "charge_key", "chargeKey", 5);
    registerOfMaps(spark);
    registerOfPrices(spark);
    register(
        spark,
        "forecast_sums",
        children ->
            call(
                ForecastSums.class,
                "of",
                ForecastSums.SUMS,
                cast(children, DataTypes.DateType, ForecastSums.DAYS, ForecastSums.PERIODS)));
    register(
        spark,
        "watch_costs",
        children ->
            CostWatchFunction.call(
                cast(children, CostWatchFunction.LINES, DataTypes.StringType, MONEY)));
  }

  /**
   * Registers the functions of token prices.
   *
   * <ul>
   *   <li>{@code token_cost(rates, is_batch, tokens)} is the cost in millionths of a USD of an
   *       array of tokens: of prompts that no cache had, of prompts that a cache had, and generated
   *       ones. rates are the five of {@link TokenRates}; null if a number of tokens is null, or if
   *       generated tokens have no price
   *   <li>{@code in_force(days, clock, time)} is whether a price is in force at a time, see {@link
   *       PricePeriod}. days are its first day, the day after its last, and the first day of the
   *       list; clock is the time of day from and until which it is in force. Each may be null
   * </ul>
   */
  private static void registerOfPrices(SparkSession spark) {
    register(spark, "token_cost", "tokenCost", MONEY, MONEYS, DataTypes.BooleanType, MONEYS);
    register(
        spark,
        "in_force",
        "inForce",
        DataTypes.BooleanType,
        DataTypes.createArrayType(DataTypes.DateType),
        TEXTS,
        DataTypes.TimestampType);
  }

  /**
   * Registers the functions of maps and arrays of texts.
   *
   * <ul>
   *   <li>{@code first_present(map, keys)} is the first value that is not empty, in the order of
   *       the keys; null if there is no such value
   *   <li>{@code compact(texts)} is the array without its nulls. {@code with_values(map, names,
   *       values)} adds each value that is not null to the map, under its name. If the map already
   *       has this key with another value, its entry is renamed to {@code native_KEY}. Spark's own
   *       higher-order functions are slower, because they split the generated code of a wide stage
   *       in two
   *   <li>{@code plain_tags(tags)} returns the tags of an AWS bill without the prefix that says who
   *       created the tag. A key loses {@code user:} or {@code user_} at its start, and {@code
   *       aws_} at its start becomes {@code aws:}. A key stays as delivered if another tag already
   *       has its plain form
   * </ul>
   */
  private static void registerOfMaps(SparkSession spark) {
    register(spark, "first_present", "firstPresent", DataTypes.StringType, TEXT_MAP, TEXTS);
    register(spark, "compact", "compact", TEXTS, TEXTS);
    register(spark, "with_values", "withValues", TEXT_MAP, TEXT_MAP, TEXTS, TEXTS);
    register(spark, "plain_tags", "plainTags", TEXT_MAP, TEXT_MAP);
  }

  /** Registers a function that takes texts and returns a text. */
  private static void registerOfTexts(SparkSession spark, String name, String method, int texts) {
    DataType[] parameters = new DataType[texts];
    Arrays.fill(parameters, DataTypes.StringType);
    register(spark, name, method, DataTypes.StringType, parameters);
  }

  private static void register(
      SparkSession spark, String name, String method, DataType result, DataType... parameters) {
    register(spark, name, children -> call(method, result, cast(children, parameters)));
  }

  private static void register(
      SparkSession spark, String name, Function<List<Expression>, Expression> call) {
    Function1<Seq<Expression>, Expression> builder =
        children -> call.apply(CollectionConverters.asJava(children));
    // Spark's own registry too: a view of the catalog must not call temporary functions.
    Stream.of(
            ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().functionRegistry(),
            FunctionRegistry$.MODULE$.builtin())
        .filter(registry -> !registry.functionExists(new FunctionIdentifier(name)))
        .forEach(
            registry ->
                registry.registerFunction(
                    new FunctionIdentifier(name),
                    new ExpressionInfo(Functions.class.getName(), name),
                    builder));
  }

  private static Expression call(String method, DataType result, List<Expression> arguments) {
    return call(Functions.class, method, result, arguments);
  }

  /** Returns the call of a static method that returns null if an argument is null. */
  static Expression call(Class<?> in, String method, DataType result, List<Expression> arguments) {
    return new StaticInvoke(
        in, result, method, seq(arguments), seq(List.of()), true, true, true, Option.empty());
  }

  /**
   * Returns the call of a function whose first two arguments are decimals of any size. The third
   * argument is the number of digits after the point of the result.
   */
  private static Expression arithmetic(String method, List<Expression> arguments) {
    Expression digits = cast(arguments.get(2), DataTypes.IntegerType);
    DataType result =
        DataTypes.createDecimalType(Money.PRECISION, (Integer) digits.eval(InternalRow.empty()));
    return call(
        method, result, List.of(decimal(arguments.get(0)), decimal(arguments.get(1)), digits));
  }

  private static Expression decimal(Expression expression) {
    return expression.dataType() instanceof DecimalType ? expression : cast(expression, MONEY);
  }

  private static List<Expression> cast(List<Expression> arguments, DataType... parameters) {
    List<Expression> cast = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      cast.add(cast(arguments.get(i), parameters[i]));
    }
    return cast;
  }

  private static Expression cast(Expression expression, DataType type) {
    return Cast$.MODULE$.apply(expression, type, true);
  }

  private static <T> Seq<T> seq(List<T> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable ArrayData apportion(Decimal total, ArrayData weights) {
    List<BigDecimal> shares = new ArrayList<>(weights.numElements());
    boolean positive = false;
    for (int i = 0; i < weights.numElements(); i++) {
      BigDecimal weight =
          weights.isNullAt(i)
              ? BigDecimal.ZERO
              : weights.getDecimal(i, Money.PRECISION, WEIGHT_SCALE).toJavaBigDecimal();
      positive |= weight.signum() > 0;
      shares.add(weight);
    }
    if (!positive) {
      return null;
    }
    List<BigDecimal> parts = LargestRemainder.split(total.toJavaBigDecimal(), shares, Money.SCALE);
    return new GenericArrayData(parts.stream().map(Functions::decimal).toArray());
  }

  /** Called by Spark: see {@link #register}. */
  public static ArrayData tiedCents(ArrayData cells, ArrayData rows, ArrayData columns) {
    List<BigDecimal> tied =
        TiedTable.round(
            decimals(cells, Money.SCALE),
            decimals(rows, CENT_SCALE),
            decimals(columns, CENT_SCALE),
            CENT_SCALE);
    return new GenericArrayData(
        tied.stream()
            .map(cell -> Decimal$.MODULE$.apply(cell, Money.PRECISION, CENT_SCALE))
            .toArray());
  }

  /** Called by Spark: see {@link #registerOfPrices}. */
  public static @Nullable Decimal tokenCost(ArrayData rates, boolean isBatch, ArrayData tokens) {
    for (int i = 0; i < tokens.numElements(); i++) {
      if (tokens.isNullAt(i)) {
        return null;
      }
    }
    List<BigDecimal> counts = decimals(tokens, Money.SCALE);
    Optional<BigDecimal> cost =
        rates(rates).cost(isBatch, counts.get(0), counts.get(1), counts.get(2));
    return cost.isPresent()
        ? fitting(cost.get().setScale(Money.SCALE, RoundingMode.HALF_UP), Money.SCALE)
        : null;
  }

  private static TokenRates rates(ArrayData rates) {
    return new TokenRates(
        Objects.requireNonNull(rate(rates, 0)),
        rate(rates, 1),
        rate(rates, 2),
        rate(rates, 3),
        rate(rates, 4));
  }

  private static @Nullable BigDecimal rate(ArrayData rates, int position) {
    return rates.isNullAt(position)
        ? null
        : rates.getDecimal(position, Money.PRECISION, Money.SCALE).toJavaBigDecimal();
  }

  /** Called by Spark: see {@link #registerOfPrices}. */
  public static Boolean inForce(ArrayData days, ArrayData clock, long micros) {
    PricePeriod period =
        new PricePeriod(day(days, 0), day(days, 1), time(clock, 0), time(clock, 1));
    return period.isInForce(
        LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS), 0, ZoneOffset.UTC),
        day(days, 2));
  }

  private static @Nullable LocalDate day(ArrayData days, int position) {
    return days.isNullAt(position) ? null : LocalDate.ofEpochDay(days.getInt(position));
  }

  private static @Nullable LocalTime time(ArrayData clock, int position) {
    return clock.isNullAt(position)
        ? null
        : LocalTime.parse(clock.getUTF8String(position).toString());
  }

  private static List<BigDecimal> decimals(ArrayData values, int scale) {
    return IntStream.range(0, values.numElements())
        .mapToObj(i -> values.getDecimal(i, Money.PRECISION, scale).toJavaBigDecimal())
        .toList();
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal inProportion(Decimal amount, Decimal part, Decimal whole) {
    BigDecimal divisor = whole.toJavaBigDecimal();
    return divisor.signum() == 0
        ? null
        : fitting(
            amount
                .toJavaBigDecimal()
                .multiply(part.toJavaBigDecimal())
                .divide(divisor, Money.SCALE, RoundingMode.HALF_EVEN),
            Money.SCALE);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal quotient(Decimal amount, Decimal by, int digits) {
    BigDecimal divisor = by.toJavaBigDecimal();
    return divisor.signum() == 0
        ? null
        : fitting(amount.toJavaBigDecimal().divide(divisor, digits, RoundingMode.HALF_UP), digits);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal product(Decimal amount, Decimal other, int digits) {
    BigDecimal product = amount.toJavaBigDecimal().multiply(other.toJavaBigDecimal());
    return fitting(product.setScale(digits, RoundingMode.HALF_UP), digits);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal plus(Decimal amount, Decimal other) {
    return fitting(amount.toJavaBigDecimal().add(other.toJavaBigDecimal()), Money.SCALE);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal less(Decimal amount, Decimal other) {
    return fitting(amount.toJavaBigDecimal().subtract(other.toJavaBigDecimal()), Money.SCALE);
  }

  private static @Nullable Decimal fitting(BigDecimal value, int digits) {
    return value.precision() > Money.PRECISION
        ? null
        : Decimal$.MODULE$.apply(value, Money.PRECISION, digits);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Integer firstRule(ArrayData rules, int day, MapData facts) {
    for (int i = 0; i < rules.numElements(); i++) {
      InternalRow rule = rules.getStruct(i, RULE_FIELDS);
      boolean begun = rule.isNullAt(0) || rule.getInt(0) <= day;
      boolean over = !rule.isNullAt(1) && rule.getInt(1) <= day;
      if (begun && !over && meets(facts, rule.getArray(2))) {
        return i + 1;
      }
    }
    return null;
  }

  private static boolean meets(MapData facts, ArrayData conditions) {
    for (int i = 0; i < conditions.numElements(); i++) {
      InternalRow condition = conditions.getStruct(i, 2);
      if (!condition.getUTF8String(1).equals(value(facts, condition.getUTF8String(0)))) {
        return false;
      }
    }
    return conditions.numElements() > 0;
  }

  private static @Nullable UTF8String value(MapData map, UTF8String key) {
    ArrayData keys = map.keyArray();
    for (int i = 0; i < keys.numElements(); i++) {
      if (keys.getUTF8String(i).equals(key)) {
        return map.valueArray().isNullAt(i) ? null : map.valueArray().getUTF8String(i);
      }
    }
    return null;
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Integer positionIn(ArrayData texts, UTF8String text) {
    int low = 0;
    int high = texts.numElements() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = texts.getUTF8String(middle).binaryCompare(text);
      if (order == 0) {
        return middle + 1;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return null;
  }

  /** Called by Spark: see {@link #register}. */
  public static UTF8String datasetName(UTF8String path) {
    return UTF8String.fromString(DatasetName.of(path.toString()));
  }

  /** Called by Spark: see {@link #register}. */
  public static UTF8String partOf(UTF8String text, UTF8String mark, int part) {
    if (mark.numBytes() != 1 || mark.getByte(0) < 0 || part < 1) {
      throw new IllegalArgumentException(
          "part_of takes a mark of one ASCII character and a part from 1, not '%s' and %d"
              .formatted(mark, part));
    }
    byte[] bytes = text.getBytes();
    byte end = mark.getByte(0);
    int from = 0;
    int at = 1;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == end) {
        if (at == part) {
          return UTF8String.fromBytes(bytes, from, i - from);
        }
        at++;
        from = i + 1;
      }
    }
    return UTF8String.EMPTY_UTF8;
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable UTF8String firstPresent(MapData map, ArrayData keys) {
    for (int i = 0; i < keys.numElements(); i++) {
      UTF8String value = value(map, keys.getUTF8String(i));
      if (value != null && value.numBytes() > 0) {
        return value;
      }
    }
    return null;
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable ArrayData hostNames(UTF8String list) {
    return HostList.names(list.toString())
        .map(names -> new GenericArrayData(names.stream().map(UTF8String::fromString).toArray()))
        .orElse(null);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable InternalRow deviceCounts(UTF8String resources, UTF8String others) {
    return DeviceCounts.of(resources.toString(), others.toString())
        .map(
            counts ->
                new GenericInternalRow(
                    new Object[] {
                      decimal(counts.all()),
                      decimal(counts.slices()),
                      UTF8String.fromString(counts.model())
                    }))
        .orElse(null);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable UTF8String machineKey(UTF8String providerId) {
    return NodeKey.ofMachine(providerId.toString()).map(UTF8String::fromString).orElse(null);
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable UTF8String chargeKey(
      UTF8String id, UTF8String name, UTF8String provider, UTF8String account, UTF8String zone) {
    return NodeKey.ofCharge(
            id.toString(),
            name.toString(),
            provider.toString(),
            account.toString(),
            zone.toString())
        .map(UTF8String::fromString)
        .orElse(null);
  }

  /** Called by Spark: see {@link #register}. */
  public static ArrayData compact(ArrayData texts) {
    List<Object> present = new ArrayList<>();
    for (int i = 0; i < texts.numElements(); i++) {
      if (!texts.isNullAt(i)) {
        present.add(texts.getUTF8String(i));
      }
    }
    return new GenericArrayData(present.toArray());
  }

  /** Called by Spark: see {@link #register}. */
  public static MapData withValues(MapData map, ArrayData names, ArrayData values) {
    int most = map.numElements() + names.numElements();
    List<Object> keys = new ArrayList<>(most);
    List<Object> texts = new ArrayList<>(most);
    for (int i = 0; i < names.numElements(); i++) {
      if (!values.isNullAt(i)) {
        keys.add(names.getUTF8String(i));
        texts.add(values.getUTF8String(i));
      }
    }
    if (keys.isEmpty()) {
      return map;
    }
    int named = keys.size();
    for (int i = 0; i < map.numElements(); i++) {
      UTF8String key = map.keyArray().getUTF8String(i);
      UTF8String text = map.valueArray().isNullAt(i) ? null : map.valueArray().getUTF8String(i);
      int same = keys.subList(0, named).indexOf(key);
      if (same >= 0 && texts.get(same).equals(text)) {
        continue;
      }
      keys.add(same >= 0 ? UTF8String.concat(NATIVE, key) : key);
      texts.add(text);
    }
    return new ArrayBasedMapData(
        new GenericArrayData(keys.toArray()), new GenericArrayData(texts.toArray()));
  }

  /** Called by Spark: see {@link #register}. */
  public static MapData plainTags(MapData tags) {
    Set<Object> taken = new HashSet<>();
    List<Object> keys = new ArrayList<>(tags.numElements());
    for (int i = 0; i < tags.numElements(); i++) {
      taken.add(tags.keyArray().getUTF8String(i));
    }
    for (int i = 0; i < tags.numElements(); i++) {
      UTF8String delivered = tags.keyArray().getUTF8String(i);
      UTF8String plain = plainKey(delivered);
      keys.add(taken.add(plain) ? plain : delivered);
    }
    return new ArrayBasedMapData(new GenericArrayData(keys.toArray()), tags.valueArray());
  }

  private static UTF8String plainKey(UTF8String key) {
    if (key.startsWith(USER_COLON) || key.startsWith(USER_LINE)) {
      return key.substring(USER_LINE.numChars(), key.numChars());
    }
    return key.startsWith(AWS_LINE)
        ? UTF8String.concat(AWS_COLON, key.substring(AWS_LINE.numChars(), key.numChars()))
        : key;
  }

  /** Called by Spark: see {@link #register}. */
  public static @Nullable Decimal toMoney(UTF8String text) {
    Decimal plain = plain(text);
    return plain != null
        ? plain
        : Money.parse(text.toString()).map(Functions::decimal).orElse(null);
  }

  /**
   * Parses a number in the common form (an optional minus sign, at most 18 digits, an optional
   * point) without creating a String. Returns null for any other form.
   */
  private static @Nullable Decimal plain(UTF8String text) {
    int length = text.numBytes();
    long unscaled = 0;
    int scale = -1;
    int digits = 0;
    boolean negative = length > 0 && text.getByte(0) == '-';
    for (int i = negative ? 1 : 0; i < length; i++) {
      byte b = text.getByte(i);
      if (b == '.' && scale < 0) {
        scale = 0;
      } else if (b >= '0' && b <= '9' && digits < LONG_DIGITS) {
        unscaled = unscaled * 10 + (b - '0');
        digits++;
        scale += scale < 0 ? 0 : 1;
      } else {
        return null;
      }
    }
    if (digits == 0) {
      return null;
    }
    BigDecimal value = BigDecimal.valueOf(negative ? -unscaled : unscaled, Math.max(scale, 0));
    return value.precision() - value.scale() > Money.PRECISION - Money.SCALE
        ? null
        : decimal(value.setScale(Money.SCALE));
  }

  private static Decimal decimal(BigDecimal value) {
    return Decimal$.MODULE$.apply(value, Money.PRECISION, Money.SCALE);
  }
}
