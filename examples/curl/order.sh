#!/bin/sh
# Places an order and asks for its status until it is finished.
set -eu
API="$TICKETRAIL_URL/api/v1"

call() {
  # curl repeats the call when there is no answer, and after 429 and 5xx, as Retry-After says.
  curl --silent --show-error --fail-with-body --retry 10 --retry-connrefused --max-time 10 \
    --header "authorization: Bearer $TICKETRAIL_TOKEN" --header 'content-type: application/json' "$@"
}

# Repeated, it is the same order: externalId says so.
ORDER="{\"externalId\": \"curl-$(date +%s)-$$\", \"source\": \"curl\", \"currency\": \"GEL\", \"totalMinor\": 1450,
  \"items\": [{\"name\": \"Khachapuri\", \"quantity\": 1}]}"
PLACED=$(call "$API/orders" --data "$ORDER")
ID=$(printf '%s' "$PLACED" | sed 's/^{"id":"\([^"]*\)".*/\1/')
echo "placed $ID"

LAST=
while :; do
  STATUS=$(call "$API/orders/$ID" | sed 's/.*"status":"\([^"]*\)","statusSince".*/\1/')
  if [ "$STATUS" != "$LAST" ]; then echo "$STATUS"; fi
  LAST=$STATUS
  case $STATUS in completed | rejected | cancelled) exit 0 ;; esac
  sleep 1
done
