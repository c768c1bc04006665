<?php
// Places an order and asks for its status until it is finished. Needs the extension curl.

/** Repeats a call until it is answered. 4xx means that the request is wrong, and would be so again. */
function call(string $method, string $path, ?array $body = null): array
{
    for ($wait = 0.5; ; $wait = min($wait * 2, 30)) {
        $curl = curl_init(getenv('TICKETRAIL_URL') . '/api/v1' . $path);
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 10,
            CURLOPT_HTTPHEADER => [
                'authorization: Bearer ' . getenv('TICKETRAIL_TOKEN'),
                'content-type: application/json',
            ],
        ]);
        if ($body !== null) {
            curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode($body));
        }
        $text = curl_exec($curl);
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($status >= 200 && $status < 300) {
            return json_decode($text, true);
        }
        if ($status >= 400 && $status < 500 && $status !== 429) {
            exit($text);
        }
        usleep((int) ($wait * 1_000_000));
    }
}

$placed = call('POST', '/orders', [
    // The shop's own number of the order: a repeat with it gets the same order.
    'externalId' => 'php-' . bin2hex(random_bytes(8)),
    'source' => 'php',
    'items' => [['name' => 'Khachapuri', 'quantity' => 1]],
    'currency' => 'GEL',
    'totalMinor' => 1450,
]);
echo "placed {$placed['id']}\n";

$last = null;
while (!in_array($last, ['completed', 'rejected', 'cancelled'], true)) {
    $status = call('GET', "/orders/{$placed['id']}")['status'];
    if ($status !== $last) {
        echo "$status\n";
    }
    $last = $status;
    sleep(1);
}
