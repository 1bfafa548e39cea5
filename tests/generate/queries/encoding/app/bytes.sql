-- query café () none
SELECT 1
