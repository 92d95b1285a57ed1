#!/usr/bin/env bash
# Prints the folder with the Kafka broker's jars, fetching them through Maven (checksums strict) when they are not there.
. "$(dirname "$0")/cache.sh"

pom=$root/tests/stack/kafka/pom.xml

fetch_jars() {
  need mvn "fetch the Kafka broker"
  need java "run the Kafka broker"
  mvn -B -ntp -q -C -f "$pom" -Dkafka.libs="$work/out" dependency:copy-dependencies
}

provide "kafka-$(checksum_of "$pom")" fetch_jars
