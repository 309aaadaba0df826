/// Certificates and keys that are good for nothing but these tests; those that have not expired are valid until 2126.
enum TestCertificates {
    /// The authority that has signed all the others.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBSDCB76ADAgECAhQNfwZLt7/J/Ki/BLq9MBLVdVnKETAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAgFw0yNjAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowGTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwWTATBgcqhkjO
        PQIBBggqhkjOPQMBBwNCAATxSphEdvN3KhyRRwKdE7oGdrHu6DMXNFPfUSyP35Ln
        +eMkf2DPM4HEgep3htrMRpDSt6xNGBgH15YVSimsbhLCoxMwETAPBgNVHRMBAf8E
        BTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIBYffqwUI0i3V/ZioH7VScedgjgviR4Y
        c6KlCXluvP5EAiEAogViZapaAnNQBFrBRDvBdMq3rgSHR3AUD7vvNHC3CtI=
        -----END CERTIFICATE-----
        """

    /// An authority that has signed nothing.
    static let otherAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBSTCB8aADAgECAhQyB2mrnxomFKKTSy2pK8RNVQ3eDzAKBggqhkjOPQQDAjAa
        MRgwFgYDVQQDDA9vdGhlciBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBoxGDAWBgNVBAMMD290aGVyIGF1dGhvcml0eTBZMBMGByqG
        SM49AgEGCCqGSM49AwEHA0IABBuG68G+ftNBHPET1k+r+IKCfakzqv5xuRGyDp46
        g+j974IRYtq0D438Oen/spL5TpqZHMWfocSMxLoCT4EdjU2jEzARMA8GA1UdEwEB
        /wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgIkXaJkV6xyijpkqggJe1qTgyrcOB
        ebm90mNVkNcZV/YCIEAPkQb1bPVSzrYw+O46s1a8Uy3H0QlvHuO8Kbvv0Lfd
        -----END CERTIFICATE-----
        """

    /// Names localhost, api.test and 127.0.0.1.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBejCCAR+gAwIBAgIUC7O4NQ30ejCaCPRJkc50mKb0dEQwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlcnZlcjBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABEZoyoSWx3KpiZ0BXvpToOYfuBVfeq1n9MB5MJqXZkGLAa/S9/hK
        QUTYpBguFx2CZRlhGrKvqCMN7YLAlGkoYD6jSzBJMAwGA1UdEwEB/wQCMAAwJAYD
        VR0RBB0wG4IJbG9jYWxob3N0gghhcGkudGVzdIcEfwAAATATBgNVHSUEDDAKBggr
        BgEFBQcDATAKBggqhkjOPQQDAgNJADBGAiEAgbAo2Q6R39WGPyZb5LShOe57376T
        9vJl3qtPTx9ab5ACIQDQs4L4QWvK8Uu96fyKpKy+SD6JWij8y+msxiO0xZrPDw==
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvL918lf/K1CK6s9W
        +MnO9z5A5UnskHwrPe3sPGAQsiyhRANCAARGaMqElsdyqYmdAV76U6DmH7gVX3qt
        Z/TAeTCal2ZBiwGv0vf4SkFE2KQYLhcdgmUZYRqyr6gjDe2CwJRpKGA+
        -----END PRIVATE KEY-----
        """

    /// Names api.test alone; the key is the server's.
    static let namedServer = """
        -----BEGIN CERTIFICATE-----
        MIIBaDCCAQ6gAwIBAgIUDluuv2fLfnlDLpT1Bbu4CHqg0IkwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBExDzANBgNVBAMMBnNlcnZlcjBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABEZoyoSWx3KpiZ0BXvpToOYfuBVfeq1n9MB5MJqXZkGLAa/S9/hK
        QUTYpBguFx2CZRlhGrKvqCMN7YLAlGkoYD6jOjA4MAwGA1UdEwEB/wQCMAAwEwYD
        VR0RBAwwCoIIYXBpLnRlc3QwEwYDVR0lBAwwCgYIKwYBBQUHAwEwCgYIKoZIzj0E
        AwIDSAAwRQIgE2+lxaWYYl4n32ZKSPN3+nie0nlrifGExx54w9Xj7HwCIQCus/b5
        cdradd//SVlU2FQ99JerlbkE6p6LqtrWJ+e2Cg==
        -----END CERTIFICATE-----
        """

    /// Expired in 2020; the key is the server's.
    static let expiredServer = """
        -----BEGIN CERTIFICATE-----
        MIIBYTCCAQigAwIBAgIUBLN3/d7lj/6yAEvRkF0mUMdmuhowCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwHhcNMTkwMTAxMDAwMDAwWhcNMjAw
        MTAxMDAwMDAwWjARMQ8wDQYDVQQDDAZzZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAARGaMqElsdyqYmdAV76U6DmH7gVX3qtZ/TAeTCal2ZBiwGv0vf4SkFE
        2KQYLhcdgmUZYRqyr6gjDe2CwJRpKGA+ozYwNDAMBgNVHRMBAf8EAjAAMA8GA1Ud
        EQQIMAaHBH8AAAEwEwYDVR0lBAwwCgYIKwYBBQUHAwEwCgYIKoZIzj0EAwIDRwAw
        RAIgdcTt5VmTtY+2nq8UmHZaRaCvC5XrBodrjirrfcMekT8CIDIzCtdbqsQRyKbg
        PqZDa20UNH9YntGTnhtOWXD5fIAg
        -----END CERTIFICATE-----
        """

    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBUTCB+KADAgECAhRgdezTBA9h+zHsPzgrRNeXinvANDAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAgFw0yNjAxMDEwMDAwMDBaGA8yMTI2
        MDEwMTAwMDAwMFowEDEOMAwGA1UEAwwFYWxpY2UwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAATlE2QsgQAE+1o+cTPJ9Z/aVD3bG8QCt7YA+DxU8Q6M1TgIZgjxBwgY
        SapsmHgxMVFq5OtA913FE/+10YeAr/lMoyUwIzAMBgNVHRMBAf8EAjAAMBMGA1Ud
        JQQMMAoGCCsGAQUFBwMCMAoGCCqGSM49BAMCA0gAMEUCIQDvIYeOaOFSxy5wMWpW
        88zUqj1KsMLXCsBSIesqNhuxsQIgNsvYsuToIrvjQLRR3p+PNBPZTHTYZBWv3r/0
        dRItK8E=
        -----END CERTIFICATE-----
        """

    /// An elliptic curve's key in the form that openssl ecparam writes.
    static let clientKey = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEILx/pSC+7G/yWLGpbOJbute74Byn1lf7xvB9/BDOxaX4oAoGCCqGSM49
        AwEHoUQDQgAE5RNkLIEABPtaPnEzyfWf2lQ92xvEAre2APg8VPEOjNU4CGYI8QcI
        GEmqbJh4MTFRauTrQPddxRP/tdGHgK/5TA==
        -----END EC PRIVATE KEY-----
        """

    /// Expired in 2020; the key is the client's.
    static let expiredClient = """
        -----BEGIN CERTIFICATE-----
        MIIBTzCB9qADAgECAhRfgTvCm+GrjntUPjF2TtjcMF6lijAKBggqhkjOPQQDAjAZ
        MRcwFQYDVQQDDA50ZXN0IGF1dGhvcml0eTAeFw0xOTAxMDEwMDAwMDBaFw0yMDAx
        MDEwMDAwMDBaMBAxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0D
        AQcDQgAE5RNkLIEABPtaPnEzyfWf2lQ92xvEAre2APg8VPEOjNU4CGYI8QcIGEmq
        bJh4MTFRauTrQPddxRP/tdGHgK/5TKMlMCMwDAYDVR0TAQH/BAIwADATBgNVHSUE
        DDAKBggrBgEFBQcDAjAKBggqhkjOPQQDAgNIADBFAiABOu6CmQdELkjY/aZUZIHM
        5r7h4/UvKSDaPQR5+E560gIhAL1Ae3ljdeWkcFYh8wm/VIC3Duvh49oOfGnFjhjf
        SjGr
        -----END CERTIFICATE-----
        """

    static let rsaClient = """
        -----BEGIN CERTIFICATE-----
        MIICIDCCAcegAwIBAgIUOKk097uv3XYAh/q+fjI+tY6uM4gwCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYwMTAxMDAwMDAwWhgPMjEy
        NjAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCXJzYS1hbGljZTCCASIwDQYJKoZIhvcN
        AQEBBQADggEPADCCAQoCggEBALqB/qeJnhNWfH58LhTzKsJ/BIJCtqVMkoKP60WE
        BAUv6Mra+N28c0hg4uoVt2tqJTIVAhFMoHL6r1iAUR/jttHdMNHdMQGS0xKnKMcV
        zTBKQMlknohF3Aq4z/YKFWf8ZBwrmKDP6ePjIk80NTE6t7//R3IB+snPjaUVcWPi
        Z/sV2YlBaqY2JB3lrwGchymPCp0nKjb496A8L3CWM2K0DkzSWzcLlTYReKsFwk8R
        HxjGOQaLyGTjznzhkFN/yVCl7o+7+RF+7aiLx4oHvnmF4EljwHg7gzrUBtQmpkLz
        6qCpnxC0apP0LDiUSEgFga1EprwG9Dxs/48v1BPQP8/cwFUCAwEAAaMlMCMwDAYD
        VR0TAQH/BAIwADATBgNVHSUEDDAKBggrBgEFBQcDAjAKBggqhkjOPQQDAgNHADBE
        AiBIAcO0YbE8fuywTBaA1r2gd7LKzUxAa4JjFDV1IdeAMgIgD2FmBXdcVh4v8tbP
        26Vu5hMCuVs61s2UwoiUtM6GmsI=
        -----END CERTIFICATE-----
        """

    /// In the form that openssl genrsa has written before 3.0.
    static let rsaClientKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpAIBAAKCAQEAuoH+p4meE1Z8fnwuFPMqwn8EgkK2pUySgo/rRYQEBS/oytr4
        3bxzSGDi6hW3a2olMhUCEUygcvqvWIBRH+O20d0w0d0xAZLTEqcoxxXNMEpAyWSe
        iEXcCrjP9goVZ/xkHCuYoM/p4+MiTzQ1MTq3v/9HcgH6yc+NpRVxY+Jn+xXZiUFq
        pjYkHeWvAZyHKY8KnScqNvj3oDwvcJYzYrQOTNJbNwuVNhF4qwXCTxEfGMY5BovI
        ZOPOfOGQU3/JUKXuj7v5EX7tqIvHige+eYXgSWPAeDuDOtQG1CamQvPqoKmfELRq
        k/QsOJRISAWBrUSmvAb0PGz/jy/UE9A/z9zAVQIDAQABAoIBAA9IDO85w6G2faNY
        deciCHAgu6QXpsLy+/MmKyMKPtEU/Jg4alkysmhtBdKjvmBW9V694Wo88s2Q9DKG
        av83p3hZDQG5A6WrG8/Esf7j7qjFALtvmty0CqQ3QdTZPSlEwQgc21fbyUBykRJX
        xv72Xm1lE3vIJT4JW0P6Noz2VUo5e15sVY7DgQ35Nwaq+SVbFW3PYcCEC/rYSkcT
        DuTgc3NvXGuEHYgylQXppozWdXl3sMqJw6sORyEupGUSQo2ug5e0ZwTOg0T+pH2A
        hJxAcA1nu0BWeZZ4mSQAgD6X7MbUezrynkKcGtbyZ7FrDTjqqN/EcN1L7lz4hIFu
        4yyVW9ECgYEA8DQ4xVvPyFoFMb/IEOF7lhdlojhroPsqgFG+TW5+5TQ+CjydjqyX
        j5Kiwwlsy8/e+sfRMzNKO5Q7SZTOSj0Qj6Wogcv30Cj8FEQ4YeRAkMHLaoUwmO0S
        tQg4fJrrBiFReSzokctU6vVhdiQ7UZTa4IP0PSA//FCeY6z7GvDaJzECgYEAxsXP
        WpFxmzucRGMYRqOZnAad/7W3ENSovyhQhzEtxGzE/7YG83bXi2pIfe6HPa4JbOIz
        s62gqyQoe8vhP5Oue2zY7ERGW5T+xUZbnVYEL0wbjWEr+yW2LqTRjuaKMSJIiy14
        9G+YsK/rn9DfSf78BpVC/caxfg77lmBzBlxhamUCgYEArKXMXEZmbWoOq7hd04xO
        KQ4+FcAZ1AZTgRHAB6Ww/Yt0QCVbVc5FzYMnC6p9kWyip3vxqKxn4bTkfDnBoGiN
        u8HlAQ4a23pp3SM/p1TI94Ljc3ex+2kC9i2ndCBhZvGRvtgBfbE5IvwmBiV6oWOt
        gow1g63nb7J+dcRCZBXTpzECgYA0ha49qzLOptiqxVhzyeTb8m+rUrO1scuI/zkQ
        D/Gc9nSzcMCzclKQFxxikjWQGb2J1Nd+gcFzl1FPLNcu+nHfUSqce4nvxxXuwKGS
        mFjwunaJTATYDuXtu0VYMhiP1RRAGlrck+RPw5xKFWH65nJntucFsYvS2FioKoIa
        Syy+dQKBgQCj9WeXJJt7zpoXeauA1VnqfOAOdv/bJtPt1FfYdjmHclb6wq7iFhv1
        arQ3IEw6rd50JMh0NvChG2t0AsQD64OAvFeXFdevuN6RXrrSkhzaoUTuQinFWozy
        oZW89ukZU6df0z7/vqAbTaAVWAfTGPa0N4kfnBWyOGEzAC897aB+CQ==
        -----END RSA PRIVATE KEY-----
        """
}
