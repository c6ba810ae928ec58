//! Tests of tasks that break, and of ports that stay.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::*;

// R25
#[tokio::test]
async fn what_takes_posts_is_begun_anew_on_its_port_and_that_it_broke_twice_is_told() {
    let port = listen(0, "a_port", "another").await.expect("a port");
    let address = port.0.local_addr().expect("its address");
    let (hang_up, told) = watch::channel(false);
    let (times, said) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let begin = || {
        took(async {
            let listener = port.listener()?;
            match times.fetch_add(1, Ordering::Relaxed) {
                0 => panic!("it breaks"),
                1 => return Err(io::Error::other("it cannot be accepted")),
                _ => {}
            }
            let (mut stream, _) = listener.accept().await?;
            stream.write_all(b"taken").await?;
            drop(stream);
            ended(told.clone()).await;
            Ok(())
        })
    };
    let stands = |stands| {
        said.lock().expect("nobody panics").push(stands);
        std::future::ready(())
    };
    let posting = async {
        // Posted while nobody takes it: it waits.
        let mut stream = TcpStream::connect(address).await.expect("it is open");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        hang_up.send_replace(true);
        answer
    };
    let (answer, ()) = tokio::join!(posting, lasting("a test", begin, stands, &told));
    assert_eq!(answer, "taken");
    assert_eq!(times.load(Ordering::Relaxed), 3);
    assert_eq!(*said.lock().expect("nobody panics"), [false]);
}
