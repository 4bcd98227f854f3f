package costlake.serve;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistryBase;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The functions that a query may call, grouped into families as in docs/sql.md. A query with any
 * other function is refused, so a new version of Spark does not make more functions available. The
 * list leaves out functions that read files, call Java, parse formats with options (XML, CSV,
 * Avro), or reveal details of the machine.
 */
final class OfferedFunctions {
  static final Map<String, Set<String>> FAMILIES =
      families(
          """
          Aggregates: any any_value approx_count_distinct approx_percentile array_agg avg bit_and bit_or bit_xor bool_and \
          bool_or collect_list collect_set corr count count_if covar_pop covar_samp every first first_value grouping \
          grouping_id kurtosis last last_value listagg max max_by mean median min min_by mode percentile \
          percentile_approx percentile_cont percentile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 \
          regr_slope regr_sxx regr_sxy regr_syy skewness some std stddev stddev_pop stddev_samp string_agg sum try_avg \
          try_sum var_pop var_samp variance
          Windows: cume_dist dense_rank lag lead nth_value ntile percent_rank rank row_number
          Conditions: between coalesce equal_null if ifnull isnan isnotnull isnull nanvl nullif nullifzero nvl nvl2 zeroifnull \
          assert_true raise_error
          Types: bigint binary boolean date decimal double float int smallint string timestamp tinyint to_char to_date \
          to_number to_timestamp to_timestamp_ltz to_timestamp_ntz to_varchar try_to_date try_to_number \
          try_to_timestamp typeof
          Numbers: abs acos acosh asin asinh atan atan2 atanh bin bit_count bround cbrt ceil ceiling conv cos cosh cot \
          csc degrees e exp expm1 factorial floor greatest hex hypot least ln log log10 log1p log2 mod negative pi \
          pmod positive pow power radians rand randn random rint round sec shiftleft shiftright sign signum sin sinh \
          sqrt tan tanh try_add try_divide try_mod try_multiply try_subtract unhex width_bucket
          Text: ascii base64 bit_length btrim char char_length character_length chr concat concat_ws contains crc32 \
          decode elt encode endswith find_in_set format_number format_string hash ilike initcap instr lcase left len \
          length levenshtein like locate lower lpad ltrim mask md5 octet_length overlay position printf regexp \
          regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace regexp_substr repeat \
          replace right rlike rpad rtrim sha sha1 sha2 soundex space split split_part startswith substr substring \
          substring_index translate trim ucase unbase64 upper uuid xxhash64
          Dates and times: add_months convert_timezone curdate current_date current_timestamp current_timezone date_add \
          date_diff date_format date_from_unix_date date_part date_sub date_trunc dateadd datediff datepart day dayname \
          dayofmonth dayofweek dayofyear extract from_unixtime from_utc_timestamp hour last_day localtimestamp \
          make_date make_dt_interval make_interval make_timestamp make_timestamp_ltz make_timestamp_ntz \
          make_ym_interval minute month monthname months_between next_day now quarter second timestamp_micros \
          timestamp_millis timestamp_seconds to_unix_timestamp to_utc_timestamp trunc unix_date unix_micros \
          unix_millis unix_seconds unix_timestamp weekday weekofyear year
          Arrays, maps and structs: aggregate array array_append array_compact array_contains array_distinct \
          array_except array_insert array_intersect array_join array_max array_min array_position array_prepend \
          array_remove array_repeat array_size array_sort array_union arrays_overlap arrays_zip cardinality element_at \
          exists filter flatten forall get map map_concat map_contains_key map_entries map_filter map_from_arrays \
          map_from_entries map_keys map_values map_zip_with named_struct reduce reverse sequence size slice sort_array \
          str_to_map struct transform transform_keys transform_values try_element_at zip_with
          Rows from values: explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer stack
          JSON and addresses: get_json_object json_array_length json_object_keys parse_url try_parse_url try_url_decode \
          url_decode url_encode
          Session: current_catalog current_database current_schema current_user session_user user
          Tables: range explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer stack
          """);

  /** Name of the family whose functions return tables. All other functions return values. */
  static final String TABLES = "Tables";

  private static final Set<String> VALUE_FUNCTIONS =
      FAMILIES.entrySet().stream()
          .filter(family -> !family.getKey().equals(TABLES))
          .flatMap(family -> family.getValue().stream())
          .collect(Collectors.toUnmodifiableSet());

  private OfferedFunctions() {}

  private static Map<String, Set<String>> families(String text) {
    Map<String, Set<String>> families = new LinkedHashMap<>();
    text.lines()
        .map(line -> line.split(": ", 2))
        .forEach(
            family -> families.put(family[0], new TreeSet<>(Arrays.asList(family[1].split(" ")))));
    return families;
  }

  /** Whether queries may use the function in an expression. {@code name} is in lower case. */
  static boolean isValueFunction(String name) {
    return VALUE_FUNCTIONS.contains(name);
  }

  /** Whether queries may use the function as a table. {@code name} is in lower case. */
  static boolean isTableFunction(String name) {
    return FAMILIES.getOrDefault(TABLES, Set.of()).contains(name);
  }

  /**
   * Removes all functions that queries may not call from a session, including functions that
   * extensions registered.
   */
  static void removeOthers(SparkSession session) {
    var state = ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
    drop(state.functionRegistry(), VALUE_FUNCTIONS);
    drop(state.tableFunctionRegistry(), FAMILIES.getOrDefault(TABLES, Set.of()));
  }

  private static void drop(FunctionRegistryBase<?> registry, Set<String> offered) {
    for (FunctionIdentifier function : CollectionConverters.asJava(registry.listFunction())) {
      if (!offered.contains(function.unquotedString())) {
        registry.dropFunction(function);
      }
    }
  }
}
