"""Passwords of ten characters and more that every guessing list starts with."""

# Shorter ones are refused by their length. Compared in lower case; sequences and keyboard walks are spelled out
# because a rule that recognises them would refuse good pass phrases as well.
WEAK_PASSWORDS = frozenset(
    """
    0123456789 01234567890 0987654321 1029384756 1122334455 1234512345 1234567890 12345678900 12345678901
    123456789a 123456789q 1234567891 12345678910 1234567899 123456abcd 1357924680 147258369a 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3edc 9876543210 abcdefghij abcdefghijk abc1234567 abcd123456 abcd1234567 adgjmptw123
    admin12345 admin123456 administrator administrator1 administrator123 asdfghjkl123 asdfghjkl1 asdfghjkl;
    basketball basketball1 changeme12 changeme123 changeme1234 changemenow charlie123 computer12 computer123
    dragon1234 football12 football123 iloveyou12 iloveyou123 letmein123 letmein1234 letmeinnow liverpool1
    lovelovelove manchester monkey1234 mynoob1234 passw0rd12 passw0rd123 password00 password01 password10
    password11 password12 password123 password1234 password12345 passwordpassword password!! password1!
    password123! princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwer123456 qwerasdfzxcv
    qwert12345 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123
    qwertyuiop[] qwertzuiop qwertz12345 sunshine12 sunshine123 superman12 superman123 trustno1trustno1
    welcome123 welcome1234 welcome2024 welcome2025 welcome2026 zaq12wsxcde3 zxcvbnm123 zxcvbnmasd
    """.split()  # noqa: SIM905 -- a hundred quotation marks would hide the words
)
